import Exchange
import Foundation
import Identifiers
import JWTKit
import Testing

@Suite("Signing in by a provider")
struct SignInClientTests {
    private let provider = MadeUpProvider()
    private let key = SigningKey("key-1")
    private let request = SignInRequest(
        state: "s-1", nonce: "n-1",
        verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        back: "https://job.example/sign-in/back")

    private func client(
        now: Int64 = MadeUpProvider.now, secret: String? = "s3cret"
    ) throws -> SignInClient {
        provider.publish(keys: [try key.published()])
        return SignInClient(
            SignInProvider(
                way: .citizen, issuer: MadeUpProvider.issuer, client: "fodfaeste",
                secret: secret.flatMap { AccessToken($0) }, scopes: ["profile"],
                claims: .init(name: "name", role: "groups", cpr: "dk.cpr", cvr: "dk.cvr")),
            transport: provider, now: { now })
    }

    /// The kind of problem that the token ends with; nil when it is believed.
    private func problem(
        _ token: String, now: Int64 = MadeUpProvider.now
    ) async throws -> SignInProblem.Kind? {
        let client = try client(now: now)
        provider.give(token: token)
        do throws(SignInProblem) {
            _ = try await client.signedIn(code: "c", of: request)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test("The address at the provider has all that it takes, and the example of RFC 7636")
    func address() async throws {
        let address = try await client().address(for: request)
        let parts = try #require(URLComponents(string: address))
        let query = Dictionary(
            uniqueKeysWithValues: (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") })
        #expect(address.hasPrefix(MadeUpProvider.issuer + "/authorize?"))
        #expect(
            query == [
                "response_type": "code", "client_id": "fodfaeste",
                "redirect_uri": "https://job.example/sign-in/back", "scope": "openid profile",
                "state": "s-1", "nonce": "n-1", "code_challenge_method": "S256",
                "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ])
    }

    @Test("A good token says who it is, and the code was exchanged with proof and password")
    func good() async throws {
        let client = try client(secret: "s3c+ret")
        provider.give(token: try await key.sign(MadeUpToken()))
        let found = try await client.signedIn(code: "c/1", of: request)
        #expect(
            found.person
                == ProvenPerson(way: .citizen, name: "Ane Prøve", cpr: try CPR("6101901002")))
        #expect("\(found.token)" == "…")
        let asked = try #require(provider.asked("/token").first)
        let body = String(decoding: asked.body, as: UTF8.self)
        #expect(asked.bodyType == .form)
        #expect(asked.user == "fodfaeste")
        #expect(asked.token == AccessToken("s3c%2Bret"))
        #expect(
            body == "grant_type=authorization_code&code=c%2F1&redirect_uri="
                + "https%3A%2F%2Fjob.example%2Fsign-in%2Fback&code_verifier="
                + request.verifier)
    }

    @Test("A client without a secret says who it is in the form")
    func publicClient() async throws {
        let client = try client(secret: nil)
        provider.give(token: try await key.sign(MadeUpToken()))
        _ = try await client.signedIn(code: "c", of: request)
        let asked = try #require(provider.asked("/token").first)
        #expect(asked.token == nil && asked.user == nil)
        #expect(String(decoding: asked.body, as: UTF8.self).hasSuffix("&client_id=fodfaeste"))
    }

    @Test("Roles are read as a list and as one word")
    func roles() async throws {
        let client = try client()
        provider.give(token: try await key.sign(MadeUpToken(groups: ["a", "b"])))
        #expect(try await client.signedIn(code: "c", of: request).person.roles == ["a", "b"])
    }

    @Test(
        "A token that says something else is refused",
        arguments: [
            (MadeUpToken(iss: "https://other.example"), SignInProblem.Kind.wrongIssuer),
            (MadeUpToken(iss: nil), .wrongIssuer),
            (MadeUpToken(aud: ["somebody"]), .wrongAudience),
            (MadeUpToken(aud: nil), .wrongAudience),
            (MadeUpToken(aud: ["fodfaeste", "other"]), .wrongAudience),
            (MadeUpToken(aud: ["fodfaeste"], azp: "other"), .wrongAudience),
            (MadeUpToken(exp: MadeUpProvider.now - 61), .expired),
            (MadeUpToken(exp: nil), .expired),
            (MadeUpToken(iat: MadeUpProvider.now + 61), .notYetValid),
            (MadeUpToken(nbf: MadeUpProvider.now + 61), .notYetValid),
            (MadeUpToken(nonce: "n-2"), .wrongNonce), (MadeUpToken(nonce: nil), .wrongNonce),
            (MadeUpToken(sub: nil), .claimMissing), (MadeUpToken(cpr: "6199901002"), .wrongNumber),
            (MadeUpToken(cvr: "12345678"), .wrongNumber),
        ])
    func refused(token: MadeUpToken, kind: SignInProblem.Kind) async throws {
        #expect(try await problem(try await key.sign(token)) == kind)
    }

    @Test(
        "Clocks may differ by a minute, and several may be told",
        arguments: [
            MadeUpToken(exp: MadeUpProvider.now - 59), MadeUpToken(iat: MadeUpProvider.now + 60),
            MadeUpToken(aud: ["fodfaeste", "other"], azp: "fodfaeste"),
        ])
    func lenient(token: MadeUpToken) async throws {
        #expect(try await problem(try await key.sign(token)) == nil)
    }

    @Test("A token that somebody changed is refused")
    func changed() async throws {
        let parts = try await key.sign(MadeUpToken()).split(separator: ".")
        let other = try await key.sign(MadeUpToken(cpr: "6101901010")).split(separator: ".")
        #expect(
            try await problem("\(parts[0]).\(other[1]).\(parts[2])") == .wrongSignature)
    }

    @Test("A token of another key with the same name is refused")
    func otherKey() async throws {
        #expect(
            try await problem(try await SigningKey("key-1").sign(MadeUpToken())) == .wrongSignature)
    }

    @Test("A token that is not signed, or by a shared secret, is refused")
    func unsigned() async throws {
        let parts = try await key.sign(MadeUpToken()).split(separator: ".")
        func header(_ algorithm: String) -> String {
            Data("{\"alg\": \"\(algorithm)\", \"kid\": \"key-1\"}".utf8).base64EncodedString()
                .replacing("=", with: "")
        }
        for algorithm in ["none", "None", "HS256", "ES384"] {
            #expect(
                try await problem("\(header(algorithm)).\(parts[1]).") == .wrongAlgorithm,
                "\(algorithm)")
            #expect(
                try await problem("\(header(algorithm)).\(parts[1]).\(parts[2])")
                    == .wrongAlgorithm, "\(algorithm)")
        }
        // The key decides how a token is checked, whatever the token says.
        #expect(
            try await problem("\(header("RS256")).\(parts[1]).\(parts[2])") == .unknownKey)
    }

    @Test(
        "What is no token is refused", arguments: ["", "a.b", "a.b.c", "e30.e30.", "..", "é.é.é"])
    func malformed(text: String) async throws {
        let kind = try await problem(text)
        #expect(kind == .malformedToken || kind == .wrongAlgorithm)
    }

    @Test("Keys are asked for again, once, when the provider has changed its key")
    func newKey() async throws {
        let client = try client()
        provider.give(token: try await key.sign(MadeUpToken()))
        for _ in 0..<3 { _ = try await client.signedIn(code: "c", of: request) }
        #expect(provider.asked("/keys").count == 1)

        let next = SigningKey("key-2")
        provider.give(token: try await next.sign(MadeUpToken()))
        await #expect(throws: SignInProblem(.unknownKey, "key-2")) {
            _ = try await client.signedIn(code: "c", of: request)
        }
        #expect(provider.asked("/keys").count == 2)

        provider.publish(keys: [try next.published()])
        _ = try await client.signedIn(code: "c", of: request)
        #expect(provider.asked("/keys").count == 3)
    }

    @Test("Keys of another kind or for another use are passed over")
    func otherKeys() async throws {
        let client = try client()
        let weak = String(repeating: "x", count: 128 / 3 * 4)
        provider.publish(keys: [
            "{\"kty\": \"oct\", \"k\": \"c2VjcmV0\", \"kid\": \"key-1\"}",
            "{\"kty\": \"RSA\", \"alg\": \"RSA-OAEP-256\", \"n\": \"AQ\", \"e\": \"AQAB\"}",
            "{\"kty\": \"RSA\", \"alg\": \"RS256\", \"n\": \"\(weak)\", \"e\": \"AQAB\"}",
            "{\"kty\": \"EC\", \"crv\": \"P-521\", \"x\": \"AQ\", \"y\": \"AQ\"}",
            try SigningKey("key-1").published(use: "enc"), try key.published(),
        ])
        provider.give(token: try await key.sign(MadeUpToken()))
        _ = try await client.signedIn(code: "c", of: request)
    }

    @Test("Keys of which none can be used are told")
    func noKeys() async throws {
        for keys in [
            [], ["{\"kty\": \"RSA\", \"alg\": \"RS256\", \"n\": \"AQ\", \"e\": \"AQAB\"}"],
        ] {
            let client = try client()
            provider.publish(keys: keys)
            provider.give(token: try await key.sign(MadeUpToken()))
            await #expect(throws: SignInProblem(.unreadableKeys)) {
                _ = try await client.signedIn(code: "c", of: request)
            }
        }
    }

    @Test("A code that the provider refuses is told by the provider's word for it")
    func refusedCode() async throws {
        let client = try client()
        provider.give(token: "", status: 400)
        await #expect(throws: SignInProblem(.refused, "invalid_grant")) {
            _ = try await client.signedIn(code: "used", of: request)
        }
    }

    @Test("A description of another issuer, or with an open connection, is refused")
    func description() async throws {
        let good = MadeUpProvider.issuer
        for (text, kind) in [
            ("{\"issuer\": \"https://other.example\"}", SignInProblem.Kind.otherIssuerDescribed),
            ("{\"issuer\": \"\(good)\"}", .missingEndpoint),
            (
                "{\"issuer\": \"\(good)\", \"authorization_endpoint\": \"http://a.example\"}",
                .insecureAddress
            ), ("<html>", .unreadableDescription),
        ] {
            let client = try client()
            provider.describe(text)
            do throws(SignInProblem) {
                _ = try await client.address(for: request)
                Issue.record("\(text) was believed")
            } catch {
                #expect(error.kind == kind)
            }
        }
    }
}
