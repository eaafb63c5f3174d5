import Crypto
import Foundation
import Parameters

/// What a member asks another for: every entry after those that it has (forespørgsel til en
/// pulje). It is signed, so that nobody but a member is told anything.
public struct PoolAsk: Hashable, Codable, Sendable {
    public var partnership: String
    /// Who asks.
    public var asker: String
    /// Who is asked. A question to one member is of no use with another.
    public var answerer: String
    /// Unix seconds when it was asked. An old question is not answered.
    public var moment: Int64
    /// The last number that the asker has of each member's feed.
    public var have: [String: Int64]

    public init(
        partnership: String, asker: String, answerer: String, moment: Int64,
        have: [String: Int64]
    ) {
        self.partnership = partnership
        self.asker = asker
        self.answerer = answerer
        self.moment = moment
        self.have = have
    }

    /// Seconds that two clocks may differ, and a question may be under way.
    public static let leeway: Int64 = 300

    fileprivate func signed() throws(PoolProblem) -> Data {
        Data("fodfaeste-pool-ask/1\n".utf8) + Data(try PoolJSON.text(self).utf8)
    }
}

/// A question with its asker's signature, as it is sent.
public struct SignedPoolAsk: Hashable, Codable, Sendable {
    public var ask: PoolAsk
    /// Ed25519, in Base64.
    var signature: String

    /// Throws `PoolProblem.wrongKey` where the key cannot sign.
    public init(_ ask: PoolAsk, by signer: PoolSigner) throws(PoolProblem) {
        self.ask = ask
        signature = try signer.signature(of: try ask.signed())
    }

    /// Nil where the bytes are no question.
    public init?(_ bytes: [UInt8]) {
        guard let read = PoolJSON.value(Self.self, String(decoding: bytes, as: UTF8.self)) else {
            return nil
        }
        self = read
    }

    public func bytes() throws(PoolProblem) -> [UInt8] { Array(try PoolJSON.text(self).utf8) }

    /// Whether it was signed with the secret of a public key in Base64.
    public func isSigned(by publicKey: String) throws(PoolProblem) -> Bool {
        PoolSigner.isSigned(try ask.signed(), signature, by: publicKey)
    }
}

/// Asks another member over the network.
public struct PoolClient: Sendable {
    private let transport: any Transport

    public init(_ transport: any Transport) { self.transport = transport }

    /// The path below a member's address that questions are sent to.
    public static func path(_ partnership: String, _ member: String) -> String {
        "/exchange/pool/\(partnership.percentEncoded)/\(member.percentEncoded)"
    }

    /// Whether an address may be asked: the web's secure one, or this machine itself.
    public static func isAddress(_ text: String) -> Bool {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.query == nil, parts.fragment == nil, !text.hasSuffix("/")
        else { return false }
        return BaseAddress.isPrivate(text)
    }

    /// The feeds that the other has and the asker has not. Throws why there is no answer.
    public func feeds(
        _ ask: SignedPoolAsk, from address: String
    ) async throws(PoolLinkProblem) -> [PoolFeed] {
        let path = Self.path(ask.ask.partnership, ask.ask.answerer)
        let body: [UInt8]
        do throws(PoolProblem) { body = try ask.bytes() } catch { throw .feed(error) }
        let answer: OutsideAnswer
        do throws(TransportFailure) {
            answer = try await transport.send(OutsideRequest(.post, address + path, body: body))
        } catch { throw .unreachable }
        guard answer.status == 200 else {
            let said = String(decoding: answer.bytes.prefix(40), as: UTF8.self)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            throw .refused(PoolAskRefusal(rawValue: said), status: answer.status)
        }
        do throws(PoolProblem) { return try PoolFeedFile.readAll(answer.bytes) } catch {
            throw .feed(error)
        }
    }
}

/// Why a question is not answered. It is told to the asker by its name.
public enum PoolAskRefusal: String, Error, CaseIterable, Sendable {
    /// It is no question, or not to us about this partnership.
    case unknown
    /// The asker is no member today by the agreement as it is registered with us, or the key is
    /// another.
    case notMember
    /// It was asked long ago, or one of the clocks is wrong.
    case clock
}

/// Why nothing came from another member.
public enum PoolLinkProblem: Error, Hashable, Sendable {
    /// Nobody answers there, or the answer was cut off.
    case unreachable
    /// It answered no; nil where it is not said why.
    case refused(PoolAskRefusal?, status: Int)
    /// What came is no feed, or does not fit.
    case feed(PoolProblem)

    /// In words.
    public func line(in language: Language, _ texts: TextCatalogue) -> String {
        switch self {
        case .unreachable: texts.text("views.pool.link.unreachable", language)
        case .refused(let refusal?, _):
            texts.text("views.pool.link.\(refusal.rawValue)", language)
        case .refused(nil, let status):
            texts.text("views.pool.link.status", language, ["status": String(status)])
        case .feed(let problem): problem.line(in: language, texts)
        }
    }
}
