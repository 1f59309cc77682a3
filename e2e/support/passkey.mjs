// A virtual authenticator: passkeys without a person. Open the world with `host: 'localhost'`.

/**
 * Gives the page a platform authenticator that says yes, or no when not `verified`. It has the `credentials` of another
 * one, as passkeys that are kept in step between devices.
 */
export async function withPasskey(page, { verified = true, credentials = [] } = {}) {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
        options: {
            protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
            isUserVerified: verified, automaticPresenceSimulation: true,
        },
    });
    for (const credential of credentials) await session.send('WebAuthn.addCredential', { authenticatorId, credential });
    return {
        /** It is lost. */
        remove: () => session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }),
        setVerified: (isUserVerified) =>
            session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
        /** What is done about a payment that the browser shows by itself (Chromium's `Page.setSPCTransactionMode`). */
        answerPayments: (mode) => session.send('Page.setSPCTransactionMode', { mode }),
        credentials: async () =>
            (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    };
}
