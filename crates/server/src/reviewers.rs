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
