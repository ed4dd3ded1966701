"""Sign-in behind one adapter: the demo's personas, OpenID Connect and SAML in one place."""
