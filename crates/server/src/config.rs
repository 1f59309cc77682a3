//! What a server is started with: flags, else the environment, else defaults; checked before anything is opened.

use crate::easypost;
use crate::paypal::WalletKey;
use crate::photos::BucketPlace;
use crate::store::Place;
use crate::wallet_label::WalletLabel;
use anyhow::{Context, Result, bail, ensure};
use clap::builder::BoolishValueParser;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::{Host, Url};

/// The command line. Every flag can also stand in the environment, as `BOTTEGA_…`.
#[derive(Clone, Debug, clap::Parser)]
#[command(name = "bottega-server", version, about = "Serves Bottega: the app, its JSON API and its live stream")]
pub struct Flags {
    /// Something else than serving
    #[command(subcommand)]
    pub instead: Option<Instead>,
    /// Where to listen; with port 0 the system chooses one, and the first line of the output tells which
    #[arg(long, env = "BOTTEGA_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where everything is kept: `sqlite:<file>`, `postgres://user@host/name`, or `memory`, which forgets at the end
    #[arg(
        long,
        global = true,
        env = "BOTTEGA_DATABASE",
        value_name = "URL",
        default_value = "sqlite:bottega.db",
        hide_env_values = true
    )]
    pub database: String,
    /// Where photos are kept, as files; by default beside the file of the database, else in `bottega-photos`
    #[arg(long, global = true, env = "BOTTEGA_PHOTOS", value_name = "FOLDER")]
    pub photos: Option<PathBuf>,
    /// A bucket of an S3-compatible storage to keep photos in instead, as every server of several has to
    #[arg(long, env = "BOTTEGA_S3_BUCKET", value_name = "NAME", conflicts_with = "photos", requires = "s3_endpoint")]
    pub s3_bucket: Option<String>,
    /// Where that storage answers, as `https://s3.eu-south-1.amazonaws.com`
    #[arg(long, env = "BOTTEGA_S3_ENDPOINT", value_name = "URL", requires = "s3_bucket")]
    pub s3_endpoint: Option<Url>,
    /// The region that the bucket is in
    #[arg(long, env = "AWS_REGION", value_name = "REGION", default_value = "us-east-1")]
    pub s3_region: String,
    /// The key that opens the bucket, and its secret
    #[arg(long, env = "AWS_ACCESS_KEY_ID", value_name = "ID", hide_env_values = true)]
    pub s3_key: Option<String>,
    #[arg(long, env = "AWS_SECRET_ACCESS_KEY", value_name = "SECRET", hide = true, hide_env_values = true)]
    pub s3_secret: Option<String>,
    /// What a key that is lent for a while needs besides
    #[arg(long, env = "AWS_SESSION_TOKEN", value_name = "TOKEN", hide = true, hide_env_values = true)]
    pub s3_token: Option<String>,
    /// A further push service that browsers may be told through, beside those of the browsers there are
    #[arg(long = "push-host", env = "BOTTEGA_PUSH_HOSTS", value_name = "HOST", value_delimiter = ',')]
    pub push_hosts: Vec<String>,
    /// Be paid by PayPal: `live`, `sandbox`, or the address of a simulator; without it payments are simulated
    #[arg(long, env = "BOTTEGA_PAYPAL", value_name = "WHERE", requires_all = ["paypal_client", "paypal_secret", "paypal_webhook", "wallet_key"])]
    pub paypal: Option<String>,
    /// The client id of the app at PayPal
    #[arg(long, env = "PAYPAL_CLIENT_ID", value_name = "ID", hide_env_values = true)]
    pub paypal_client: Option<String>,
    /// Its secret; better in the environment than on a command line
    #[arg(long, env = "PAYPAL_CLIENT_SECRET", value_name = "SECRET", hide_env_values = true)]
    pub paypal_secret: Option<String>,
    /// What PayPal calls the webhook that leads to `/hooks/paypal`
    #[arg(long, env = "PAYPAL_WEBHOOK_ID", value_name = "ID")]
    pub paypal_webhook: Option<String>,
    /// The merchant id of the account that is paid; an order for another is never taken
    #[arg(long, env = "PAYPAL_MERCHANT_ID", value_name = "ID")]
    pub paypal_merchant: Option<String>,
    /// Who vouches for a simulator's webhooks: a PEM file. PayPal's own are known by public authorities
    #[arg(long, env = "BOTTEGA_PAYPAL_CA", value_name = "FILE", requires = "paypal")]
    pub paypal_ca: Option<PathBuf>,
    /// What seals the tokens of wallets: 32 bytes in base64, as `openssl rand -base64 32` writes them; behind a comma older ones, which still open
    #[arg(long, env = "BOTTEGA_WALLET_KEY", value_name = "KEY", hide_env_values = true)]
    pub wallet_key: Option<String>,
    /// The API key of EasyPost, which tells of parcels from then on; without it they go by hand where money is real, and
    /// with a simulated carrier elsewhere
    #[arg(long, env = "EASYPOST_API_KEY", value_name = "KEY", hide_env_values = true, requires = "easypost_secret")]
    pub easypost_key: Option<String>,
    /// What EasyPost signs with what it sends to `/hooks/easypost`
    #[arg(long, env = "EASYPOST_WEBHOOK_SECRET", value_name = "SECRET", hide_env_values = true)]
    pub easypost_secret: Option<String>,
    /// Where EasyPost answers
    #[arg(long, env = "EASYPOST_URL", value_name = "URL", default_value = "https://api.easypost.com")]
    pub easypost_url: String,
    /// The built app to serve; without it, the API alone
    #[arg(long, env = "BOTTEGA_APP", value_name = "FOLDER")]
    pub app: Option<PathBuf>,
    /// Serve the folder of the app and no API: for a build that has its API inside the page
    #[arg(long = "static", env = "BOTTEGA_STATIC", requires = "app", value_parser = BoolishValueParser::new())]
    pub files_only: bool,
    /// A world to try: people to be without a passkey, a clock that can be set
    #[arg(long, env = "BOTTEGA_DEMO", conflicts_with = "files_only", value_parser = BoolishValueParser::new())]
    pub demo: bool,
    /// The address people reach it at, as `https://bottega.example`; by default that of `--listen`
    #[arg(long, env = "BOTTEGA_ORIGIN", value_name = "ORIGIN")]
    pub origin: Option<String>,
    /// What pages call the wallet, in 1 to 30 characters; by default what the build calls it
    #[arg(long, env = "BOTTEGA_WALLET_LABEL", value_name = "LABEL")]
    pub wallet_label: Option<WalletLabel>,
    /// How the log is written, to the standard error
    #[arg(long, env = "BOTTEGA_LOG", value_name = "FORM", default_value = "text")]
    pub log: LogForm,
    /// Whoever brings this as a bearer token reads `/metrics`; without it, only this machine does
    #[arg(long, env = "BOTTEGA_METRICS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// A proxy in front whose `X-Forwarded-For` is believed; nobody else's is
    #[arg(long = "trusted-proxy", env = "BOTTEGA_TRUSTED_PROXY", value_name = "IP", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
}

/// What the program can do instead of serving.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Instead {
    /// Copy the database and its photos into a new file, also while servers use it
    Backup {
        /// The file to make
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Compute every balance anew from the postings, and say what is not in order; fails when something is not
    Audit,
    /// List the work that has failed for good, and why
    DeadLetters {
        /// Have this one done again
        #[arg(long, value_name = "ID")]
        retry: Option<String>,
    },
    /// Make somebody a neutral reviewer, who decides over other people's cases
    Reviewer {
        /// Their handle
        #[arg(value_name = "HANDLE")]
        handle: String,
        /// They are one no more
        #[arg(long)]
        no_more: bool,
    },
    /// Bring a copy back into an empty database, and its photos into their folder
    Restore {
        /// The copy
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogForm {
    /// Lines for people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// Checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens: never port 0.
    pub listen: SocketAddr,
    /// Where everything is kept.
    pub database: Place,
    /// Where photos are kept.
    pub photos: PhotoPlace,
    /// The built app to serve; none serves the API alone.
    pub app: Option<PathBuf>,
    /// Whether it is a demo: people to be without a passkey, a clock that can be set, a world to begin with.
    pub demo: bool,
    /// The address people reach it at, without a slash at its end: what passkeys and cookies are bound to.
    pub origin: String,
    /// What opens `/metrics` to other machines.
    pub metrics_token: Option<String>,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Push services beside those of the browsers there are.
    pub push_hosts: Vec<String>,
    /// PayPal, where it is the processor.
    pub paypal: Option<PayPalPlace>,
    /// EasyPost, where it tells of parcels.
    pub easypost: Option<EasyPostPlace>,
    /// What pages call the wallet, if not as the build does.
    pub wallet_label: Option<WalletLabel>,
}

/// EasyPost, and who one is there.
#[derive(Clone, Debug)]
pub struct EasyPostPlace {
    /// Where.
    pub base: easypost::Base,
    /// What opens it.
    pub key: easypost::ApiKey,
    /// What its webhooks are signed with.
    pub secret: easypost::WebhookSecret,
}

/// How long a call to PayPal may take. One that takes longer is in doubt, and asked about again: a worker has several to
/// make before its time is over.
pub const PAYPAL_PATIENCE: Duration = Duration::from_secs(4);

/// PayPal, and who one is there.
#[derive(Clone, Debug)]
pub struct PayPalPlace {
    /// Where, and with which keys.
    pub settings: paypal::Settings,
    /// The webhook, and who vouches for it.
    pub webhooks: paypal::WebhookSettings,
    /// The account that is paid.
    pub merchant: Option<paypal::MerchantId>,
    /// What seals the tokens of wallets.
    pub wallet_key: WalletKey,
}

/// Where photos are kept.
#[derive(Clone, Debug)]
pub enum PhotoPlace {
    /// In memory, which forgets at the end.
    Memory,
    /// As files of a folder.
    Folder(PathBuf),
    /// As objects of a bucket.
    Bucket(BucketPlace),
}

impl Flags {
    /// Where everything is kept.
    ///
    /// # Errors
    /// When that is no database.
    pub fn place(&self) -> Result<Place> {
        self.database.parse().with_context(|| format!("--database {} cannot be used", self.database))
    }

    fn photo_place(&self, database: &Place) -> Result<PhotoPlace> {
        let (Some(bucket), Some(endpoint)) = (&self.s3_bucket, &self.s3_endpoint) else {
            let folder = self.photos.clone().or_else(|| beside(database));
            return Ok(folder.map_or(PhotoPlace::Memory, PhotoPlace::Folder));
        };
        let key = self.s3_key.as_deref().zip(self.s3_secret.as_deref());
        let key = key.context("--s3-bucket needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which open it.")?;
        let place = BucketPlace::new(endpoint.clone(), bucket, &self.s3_region, key)?;
        Ok(PhotoPlace::Bucket(place.with_token(self.s3_token.as_deref())))
    }
}

impl PayPalPlace {
    fn check(flags: &Flags) -> Result<Option<Self>> {
        let Some(place) = &flags.paypal else {
            ensure_simulated(flags)?;
            return Ok(None);
        };
        let said = |flag: &Option<String>, name: &str| {
            flag.clone().filter(|text| !text.trim().is_empty()).with_context(|| format!("--paypal needs {name}."))
        };
        let base = match place.as_str() {
            "live" => "https://api-m.paypal.com",
            "sandbox" => "https://api-m.sandbox.paypal.com",
            elsewhere if elsewhere.contains("://") => elsewhere,
            _ => bail!(
                "--paypal {place} is none of: live, sandbox, or a simulator's address like http://127.0.0.1:8090."
            ),
        };
        let (client, secret) =
            (said(&flags.paypal_client, "PAYPAL_CLIENT_ID")?, said(&flags.paypal_secret, "PAYPAL_CLIENT_SECRET")?);
        ensure!(
            is_client_id(&client),
            "PAYPAL_CLIENT_ID is no client id: 2 to 128 visible characters, not digits alone."
        );
        let settings = paypal::Settings::new(base, &client, &secret);
        let settings = settings.map_err(|error| anyhow::anyhow!("--paypal {place}: {error}"))?;
        let settings = paypal::Settings { timeout: PAYPAL_PATIENCE, ..settings };
        let webhook = said(&flags.paypal_webhook, "PAYPAL_WEBHOOK_ID")?;
        ensure!(is_webhook_id(&webhook), "PAYPAL_WEBHOOK_ID is no webhook id: 1 to 50 letters, digits and hyphens.");
        let mut webhooks = paypal::WebhookSettings::new(webhook);
        if let Some(file) = &flags.paypal_ca {
            let pem = std::fs::read(file).with_context(|| format!("--paypal-ca {} cannot be read", file.display()))?;
            let roots = paypal::Roots::from_pem(&pem);
            webhooks.roots = roots.map_err(|error| anyhow::anyhow!("--paypal-ca {}: {error}", file.display()))?;
            // A simulator's certificates are where it is; PayPal's are where they always were.
            let url = settings.base.url();
            let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
            webhooks.cert_hosts = vec![format!("{}{port}", url.host_str().unwrap_or_default())];
        }
        let merchant = flags.paypal_merchant.as_deref().map(paypal::MerchantId::parse).transpose();
        let merchant = merchant.map_err(|_| anyhow::anyhow!("--paypal-merchant is no merchant id of PayPal."))?;
        let key = said(&flags.wallet_key, "BOTTEGA_WALLET_KEY")?;
        let wallet_key = WalletKey::parse(&key);
        let wallet_key = wallet_key.context("BOTTEGA_WALLET_KEY is not 32 bytes in base64: openssl rand -base64 32")?;
        Ok(Some(Self { settings, webhooks, merchant, wallet_key }))
    }
}

/// PayPal's keys without PayPal would be a shop that looks as if it were paid.
fn ensure_simulated(flags: &Flags) -> Result<()> {
    let keys = [
        ("PAYPAL_CLIENT_ID", &flags.paypal_client),
        ("PAYPAL_CLIENT_SECRET", &flags.paypal_secret),
        ("PAYPAL_WEBHOOK_ID", &flags.paypal_webhook),
        ("PAYPAL_MERCHANT_ID", &flags.paypal_merchant),
    ];
    let given = keys.into_iter().find(|(_, key)| key.as_ref().is_some_and(|text| !text.trim().is_empty()));
    given.map_or(Ok(()), |(name, _)| {
        bail!("{name} is set and BOTTEGA_PAYPAL is not: nobody would be paid. Set it to live or sandbox, or leave both out.")
    })
}

/// Whether it can be a client id: `client_id` in `notifications_webhooks_v1.json` of PayPal, version 1.11.
fn is_client_id(text: &str) -> bool {
    let begins = |first: u8| first.is_ascii_alphanumeric() || first == b'_';
    (2..=128).contains(&text.len())
        && text.bytes().next().is_some_and(begins)
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && !text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it can be a webhook id: `webhook_id` there has letters and digits; those of the dashboard have a hyphen, too.
fn is_webhook_id(text: &str) -> bool {
    (1..=50).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl EasyPostPlace {
    fn check(flags: &Flags) -> Result<Option<Self>> {
        let Some(key) = flags.easypost_key.as_deref().and_then(easypost::ApiKey::parse) else { return Ok(None) };
        let secret = flags.easypost_secret.as_deref().and_then(easypost::WebhookSecret::parse);
        let secret = secret.context("EASYPOST_API_KEY needs EASYPOST_WEBHOOK_SECRET, or nobody could be believed.")?;
        let base = easypost::Base::parse(&flags.easypost_url);
        let base = base.with_context(|| format!("--easypost-url {} cannot be used", flags.easypost_url))?;
        Ok(Some(Self { base, key, secret }))
    }
}

impl Config {
    /// Checks the flags of a server that listens at `bound`.
    ///
    /// # Errors
    /// A sentence about the flag to change.
    pub fn check(flags: &Flags, bound: SocketAddr) -> Result<Self> {
        if let Some(folder) = &flags.app {
            ensure_built(folder)?;
        }
        let origin = match &flags.origin {
            Some(origin) => checked_origin(origin)?,
            None if bound.ip().is_loopback() => format!("http://localhost:{}", bound.port()),
            None => bail!("Say with --origin at which https:// address people reach this server."),
        };
        let database = flags.place()?;
        Ok(Self {
            app: flags.app.clone(),
            photos: flags.photo_place(&database)?,
            database,
            demo: flags.demo,
            origin,
            metrics_token: flags.metrics_token.clone().filter(|token| !token.is_empty()),
            trusted_proxies: flags.trusted_proxies.clone(),
            push_hosts: flags.push_hosts.clone(),
            paypal: PayPalPlace::check(flags)?,
            easypost: EasyPostPlace::check(flags)?,
            wallet_label: flags.wallet_label.clone(),
            ..Self::local(bound)
        })
    }

    /// A server for this machine alone, in memory, without an app: what tests start from.
    pub fn local(bound: SocketAddr) -> Self {
        Self {
            listen: bound,
            database: Place::Memory,
            photos: PhotoPlace::Memory,
            app: None,
            demo: false,
            origin: format!("http://localhost:{}", bound.port()),
            metrics_token: None,
            trusted_proxies: Vec::new(),
            push_hosts: Vec::new(),
            paypal: None,
            easypost: None,
            wallet_label: None,
        }
    }

    /// Whether an `Origin` is this server's own. On one's own machine all names of it are.
    pub fn is_own(&self, origin: &str) -> bool {
        let same_machine = || {
            let (ours, theirs) = (Url::parse(&self.origin).ok()?, Url::parse(origin).ok()?);
            let same_port = ours.port_or_known_default() == theirs.port_or_known_default();
            Some(ours.scheme() == theirs.scheme() && same_port && is_loopback(&ours) && is_loopback(&theirs))
        };
        origin == self.origin || same_machine().unwrap_or(false)
    }

    /// Whether people reach it encrypted.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// Where photos are kept when nobody says where: as long as everything else.
fn beside(database: &Place) -> Option<PathBuf> {
    match database {
        Place::Memory => None,
        Place::Sqlite(file) => Some(file.with_extension("photos")),
        Place::Postgres(_) => Some("bottega-photos".into()),
    }
}

/// Makes sure that there is an app in a folder.
///
/// # Errors
/// When there is none.
pub fn ensure_built(folder: &Path) -> Result<()> {
    ensure!(folder.is_dir(), "There is no folder {}: see --app.", folder.display());
    ensure!(folder.join("index.html").is_file(), "There is no index.html in {}: build first.", folder.display());
    Ok(())
}

/// An origin as browsers write it: scheme, host and, where it is not the usual one, port.
fn checked_origin(text: &str) -> Result<String> {
    let url = Url::parse(text).with_context(|| format!("--origin {text} is not an address like https://a.example."))?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    ensure!(bare && url.has_host(), "--origin {text} has more in it than scheme, host and port.");
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        _ => bail!("--origin {text} has to begin with https://: cookies and passkeys need it outside this machine."),
    }
    Ok(url.origin().ascii_serialization())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests;
