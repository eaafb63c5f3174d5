import Chronology
import HTTPTypes
import Hummingbird
import Jobcenter
import Logging
import NIOCore
import Views

/// How the site is served.
public struct WebConfiguration: Sendable {
    public var host: String
    /// 0 lets the system choose.
    public var port: Int
    /// True for synthetic data: whoever comes may choose a role. Without it the
    /// site shows what everybody may see, and nobody can sign in.
    public var isDemo: Bool
    public var version: String
    /// The day the accessibility statement was last gone through.
    public var reviewed: Day

    public init(host: String, port: Int, isDemo: Bool, version: String, reviewed: Day) {
        self.host = host
        self.port = port
        self.isDemo = isDemo
        self.version = version
        self.reviewed = reviewed
    }
}

/// The site as a service: run it with `runService()`.
///
/// - Parameters:
///   - random: unpredictable numbers; sessions are known by them.
///   - onRunning: told the port once requests are answered.
public func makeSite(
    _ house: House, _ configuration: WebConfiguration, municipality: Jobcenter.HomeMunicipality,
    random: @escaping @Sendable () -> UInt64, onRunning: @escaping @Sendable (Int) async -> Void
) -> some ApplicationProtocol {
    var logger = Logger(label: "fodfaeste")
    logger.logLevel = .warning
    return Application(
        responder: SiteResponder(
            desk: Desk(house, configuration, municipality: municipality, random: random),
            logger: logger),
        configuration: ApplicationConfiguration(
            address: .hostname(configuration.host, port: configuration.port),
            serverName: "Fodfaeste"),
        onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
        logger: logger)
}

/// Hands each request to the desk and turns the answer into a response.
struct SiteResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let desk: Desk
    let logger: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        var request = request
        var body = ""
        if request.method == .post {
            guard let buffer = try? await request.collectBody(upTo: 64 * 1_024) else {
                return Response(status: .contentTooLarge)
            }
            body = String(buffer: buffer)
        }
        let call = Call(
            method: request.method == .post ? .post : .get, path: request.uri.path,
            query: Query(request.uri.query ?? ""), form: Query(body),
            cookies: Cookies(request.headers[.cookie] ?? ""))
        guard [.get, .head, .post].contains(request.method) else {
            return Response(status: .methodNotAllowed)
        }
        let answer = await desk.answer(call) { reference, error in
            logger.error(
                "request failed", metadata: ["reference": "\(reference)", "error": "\(error)"])
        }
        var headers = HTTPFields()
        headers[.contentType] = answer.contentType
        headers[.contentSecurityPolicy] = Self.contentSecurityPolicy
        headers[.xContentTypeOptions] = "nosniff"
        headers[.cacheControl] = answer.isFixed ? "public, max-age=3600" : "no-store"
        headers[Self.referrerPolicy] = "same-origin"
        headers[Self.frameOptions] = "DENY"
        if let location = answer.location { headers[.location] = location }
        for cookie in answer.cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
        if let name = answer.fileName {
            headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        }
        return Response(
            status: HTTPResponse.Status(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    private static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    private static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .referer
    private static let frameOptions = HTTPField.Name("X-Frame-Options") ?? .via
}
