"""Sign-in behind one adapter: the demo's personas now, OpenID Connect and SAML in the same place later."""
