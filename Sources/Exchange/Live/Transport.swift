import Foundation

/// A key to an outside service. It prints as dots, so that no message, log or
/// test output can show it.
public struct AccessToken: Hashable, Sendable, CustomStringConvertible,
    CustomDebugStringConvertible,
    CustomReflectable
{
    let secret: String

    /// Nil when there is nothing but white space, or when it could not stand in a header.
    public init?(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, words[0].utf8.allSatisfy({ (33...126).contains($0) }) else {
            return nil
        }
        secret = String(words[0])
    }

    public var description: String { "…" }
    public var debugDescription: String { "…" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// One question to an outside service.
public struct OutsideRequest: Hashable, Sendable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    public var method: Method
    /// The whole address; nothing in it is secret.
    public var address: String
    public var token: AccessToken?
    /// With a user the token is that user's password; without one it is a bearer's.
    public var user: String?
    /// What is posted.
    public var body: [UInt8]
    public var bodyType: BodyType

    /// How what is posted is written.
    public enum BodyType: String, Sendable {
        case json = "application/json; charset=utf-8"
        case form = "application/x-www-form-urlencoded"
    }

    public init(
        _ method: Method, _ address: String, token: AccessToken? = nil, user: String? = nil,
        body: [UInt8] = [], bodyType: BodyType = .json
    ) {
        self.method = method
        self.address = address
        self.token = token
        self.user = user
        self.body = body
        self.bodyType = bodyType
    }

    /// What proves to the service who asks; nil where nothing is sent.
    var authorization: String? {
        guard let token else { return nil }
        guard let user else { return "Bearer \(token.secret)" }
        return "Basic \(Data("\(user):\(token.secret)".utf8).base64EncodedString())"
    }
}

/// What an outside service answered, whatever its status.
public struct OutsideAnswer: Hashable, Sendable {
    /// The status of HTTP: 200 is good.
    public var status: Int
    /// By name in lower case.
    public var headers: [String: String]
    public var bytes: [UInt8]

    public init(status: Int, headers: [String: String] = [:], bytes: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.bytes = bytes
    }
}

/// Why no answer came.
public enum TransportFailure: Error, Hashable, Sendable {
    /// It is no address of the web.
    case wrongAddress
    /// Nobody answers there.
    case unreachable
    /// The connection broke before the answer was whole.
    case dropped
    /// The time limit passed.
    case timedOut
    /// The answer is larger than this many bytes.
    case tooLarge(Int)
    /// The server sent us on to another host, where the token must not go.
    case redirected(String)
}

/// Carries a question to an outside service and its answer back. The network is
/// one; the tests have others.
public protocol Transport: Sendable {
    func send(_ request: OutsideRequest) async throws(TransportFailure) -> OutsideAnswer
}
