//! Who decides over other people's cases: named on the command line, by whoever runs the server.

use api::app::kinds;
use api::store::{Store, change, document};
use api::wire::Account;
use domain::ids::AccountId;

/// Makes somebody a reviewer, or not any more; what they are then.
///
/// # Errors
/// When nobody has the handle, it is a business, or the store fails.
pub async fn appoint(store: &dyn Store, handle: &str, reviewer: bool) -> anyhow::Result<Account> {
    let handle = handle.trim_start_matches('@');
    let nobody = || anyhow::anyhow!("nobody is called @{handle}");
    let id: AccountId = document(store, kinds::HANDLE, handle).await?.ok_or_else(nobody)?;
    let known: Option<Option<Account>> = document(store, kinds::ACCOUNT, id.as_str()).await?;
    let account = known.flatten().ok_or_else(nobody)?;
    anyhow::ensure!(account.business.is_none(), "@{handle} is a business: who sells does not decide over others");
    let appointed = move |known: Option<Account>| Account { reviewer, ..known.unwrap_or_else(|| account.clone()) };
    Ok(change(store, kinds::ACCOUNT, id.as_str(), appointed).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::store::{KvStore, MemoryKv};
    use serde_json::json;

    async fn with_accounts() -> KvStore<MemoryKv> {
        let store = KvStore::open(MemoryKv::default()).await.expect("opened");
        for (handle, business) in [("vera", None), ("kai", Some(json!({ "order_prefix": "K" })))] {
            let id = format!("acc_{handle}");
            let account = json!({
                "id": id, "handle": handle, "name": handle, "avatar": "/art/face.svg", "city": "Sacramento", "state": "CA",
                "country": "US", "business": business, "joined_at": "2025-11-20T18:24:00Z",
            });
            let account: Account = serde_json::from_value(account).expect("an account");
            change(&store, kinds::ACCOUNT, &id, |_: Option<Account>| account.clone()).await.expect("kept");
            change(&store, kinds::HANDLE, handle, |_: Option<AccountId>| account.id.clone()).await.expect("kept");
        }
        store
    }

    #[tokio::test]
    async fn somebody_is_made_a_reviewer_and_is_one_no_more() {
        let store = with_accounts().await;
        assert!(appoint(&store, "@vera", true).await.expect("appointed").reviewer);
        let kept: Option<Account> = document(&store, kinds::ACCOUNT, "acc_vera").await.expect("readable");
        assert!(kept.is_some_and(|account| account.reviewer), "it is kept");
        assert!(!appoint(&store, "vera", false).await.expect("no more").reviewer);
    }

    #[tokio::test]
    async fn a_business_and_nobody_decide_over_nothing() {
        let store = with_accounts().await;
        assert!(appoint(&store, "kai", true).await.unwrap_err().to_string().contains("is a business"));
        assert!(appoint(&store, "nobody", true).await.unwrap_err().to_string().contains("nobody is called @nobody"));
    }
}
