package dev.baton.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/**
 * Who measures: a service with a token as production's identity provider would sign it.
 *
 * @param publicKey the file by which instances know the signature
 * @param value what callers send
 */
record Token(Path publicKey, String value) {
  private static final int BITS = 2_048;
  private static final Duration VALID = Duration.ofHours(6);
  private static final String SCOPES =
      "failover:read failover:request failover:approve policy:write hold:write audit:read admin";

  /** A new key, and a token signed by it. */
  static Token issue(Path directory) throws IOException {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      var keys = generator.generateKeyPair();
      return new Token(written(keys, directory.resolve("public-key.pem")), signed(keys));
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException("no token can be signed here", e);
    }
  }

  private static Path written(KeyPair keys, Path file) throws IOException {
    var encoded = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
    return Files.writeString(
        file, "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n".formatted(encoded));
  }

  private static String signed(KeyPair keys) throws JOSEException {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer("https://identity.example")
            .subject("benchmark")
            .audience("baton")
            .claim("azp", "benchmark")
            .claim("scope", SCOPES)
            .claim("groups", List.of("platform"))
            .expirationTime(Date.from(Instant.now().plus(VALID)))
            .build();
    var token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
    token.sign(new RSASSASigner(keys.getPrivate()));
    return token.serialize();
  }
}
