//! Taking an invitation: what stood in the link, a passkey of one's own, and then a seat.

use super::{Accounts, SeatId, SessionId, Token, invitation_over};
use crate::accounts::ceremony::{Ceremony, over};
use api::problem::Problem;
use api::wire::{Account, Device, Invitation, InvitedTo};
use domain::ids::AccountId;
use serde_json::Value;

/// What stands between the account and the secret in a link.
const MARK: char = '~';

/// What a link carries: an account, and 256 bits of which the SHA-256 is kept.
pub(super) fn written(account: &AccountId, token: &Token) -> String {
    format!("{account}{MARK}{}", token.text())
}

fn read(secret: &str) -> Option<(AccountId, String)> {
    let (account, token) = secret.split_once(MARK)?;
    let SessionId(id) = Token::parse(token)?.session();
    Some((account.parse().ok()?, id))
}

impl Accounts {
    /// What a link invites to, as long as it does.
    async fn invitation(&self, secret: &str) -> Result<(Account, Invitation), Problem> {
        let (account, id) = read(secret).ok_or_else(invitation_over)?;
        let mut kin = self.kin(&account).await?.ok_or_else(invitation_over)?;
        let invitation = kin.taken_out(&id, self.now()).ok_or_else(invitation_over)?;
        let business = self.app.account(&account).await?.ok_or_else(invitation_over)?;
        Ok((business, invitation))
    }

    pub(super) async fn invited_to(&self, secret: &str) -> Result<InvitedTo, Problem> {
        let (business, Invitation { name, expires_at, .. }) = self.invitation(secret).await?;
        Ok(InvitedTo { business, name, expires_at })
    }

    /// Asks a browser for the passkey of somebody who is invited.
    pub(super) async fn ask_invited(&self, secret: &str) -> Result<(String, Value), Problem> {
        let (business, Invitation { id, name, .. }) = self.invitation(secret).await?;
        let seat = SeatId::draw(&business.id);
        let (user, options, state) = self.ask_new(&business, Some(&name))?;
        Ok((self.begin(Ceremony::Join { seat, invitation: id, user, state }).await?, options))
    }

    /// Checks the passkey, and gives whoever made it a seat: an invitation makes one, however often it is taken at once.
    pub(super) async fn join(&self, name: &str, credential: Value, device: Device) -> Result<SeatId, Problem> {
        let Ceremony::Join { seat, invitation, user, state } = self.take(name).await? else { return Err(over()) };
        // Before there is a seat the passkey opens nothing; a server that ends now leaves the invitation as it was.
        self.keep(&seat, user, &state, credential, device).await?;
        let now = self.now();
        let admitted = self.change_kin(seat.account(), |kin| kin.admit(&seat, &invitation, now)).await;
        match admitted {
            Ok(_) => Ok(seat),
            Err(refusal) => {
                self.forget_proofs(&seat).await?;
                Err(refusal)
            }
        }
    }
}
