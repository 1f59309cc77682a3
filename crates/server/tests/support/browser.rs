//! A browser of somebody, as far as a server sees it.

use api::client::ApiError;
use axum::body::Body;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// Sends `request` to a server, with the cookie of somebody who is signed in.
///
/// # Errors
/// When nobody answers, or the answer is cut off.
pub async fn send(
    address: SocketAddr,
    cookie: Option<&str>,
    request: http::Request<String>,
) -> Result<http::Response<String>, ApiError> {
    let (mut parts, body) = request.into_parts();
    parts.headers.insert("host", address.to_string().parse().expect("an address"));
    parts.headers.insert("sec-fetch-site", "same-origin".parse().expect("a word"));
    if parts.method != http::Method::GET {
        parts.headers.insert("content-type", "application/json".parse().expect("a type"));
    }
    if let Some(cookie) = cookie {
        parts.headers.insert("cookie", cookie.parse().expect("a cookie"));
    }
    let stream = TcpStream::connect(address).await.map_err(network)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(network)?;
    let connection = tokio::spawn(connection);
    let request = http::Request::from_parts(parts, Body::from(body));
    let response = sender.send_request(request).await.map_err(network)?;
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(Body::new(body), usize::MAX).await.map_err(network)?;
    connection.abort();
    Ok(http::Response::from_parts(parts, String::from_utf8(bytes.to_vec()).expect("text")))
}

fn network(error: impl std::fmt::Display) -> ApiError {
    ApiError::Network(error.to_string())
}
