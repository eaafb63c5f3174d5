import Chronology
import Exchange
import HTTPTypes
import Hummingbird
import Identifiers
import Jobcenter
import Logging
import NIOCore
import Views

/// How the site is served.
public struct WebConfiguration: Sendable {
    public var host: String
    /// 0 lets the system choose.
    public var port: Int
    /// True for synthetic data: whoever comes may choose a role. Without it and without
    /// `signIn` the site shows what everybody may see, and nobody can sign in.
    public var isDemo: Bool
    /// The providers that people sign in by; a demonstration has none.
    public var signIn: SignInService?
    public var version: String
    /// The day the accessibility statement was last gone through.
    public var reviewed: Day
    /// Makes PDF files; nil where there is none, and pages are printed from the browser.
    public var printTool: PrintTool?
    /// The site's own address, `https://...` without a slash at its end, to print in letters;
    /// nil prints the one that the visitor wrote.
    public var site: String?
    /// The key that a municipality speaks in shared pools with; nil where there is none.
    public var poolSigner: @Sendable (MunicipalityCode) throws -> PoolSigner?

    public init(
        host: String, port: Int, isDemo: Bool, version: String, reviewed: Day,
        printTool: PrintTool? = nil, site: String? = nil, signIn: SignInService? = nil,
        poolSigner: @escaping @Sendable (MunicipalityCode) throws -> PoolSigner? = { _ in nil }
    ) {
        self.host = host
        self.port = port
        self.isDemo = isDemo
        self.version = version
        self.reviewed = reviewed
        self.printTool = printTool
        self.site = site
        self.signIn = isDemo ? nil : signIn
        self.poolSigner = poolSigner
    }
}

/// The site as a service: run it with `runService()`.
///
/// - Parameters:
///   - random: unpredictable numbers; sessions are known by them.
///   - neighbours: other municipalities of the same database that a demonstration serves.
///   - onRunning: told the port once requests are answered.
public func makeSite(
    _ house: House, _ configuration: WebConfiguration, municipality: Jobcenter.HomeMunicipality,
    neighbours: [Jobcenter.HomeMunicipality] = [], random: @escaping @Sendable () -> UInt64,
    onRunning: @escaping @Sendable (Int) async -> Void
) -> some ApplicationProtocol {
    var logger = Logger(label: "fodfaeste")
    logger.logLevel = .warning
    return Application(
        responder: SiteResponder(
            desks: Desks(
                house, configuration, [municipality] + neighbours, random: random),
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

    let desks: Desks
    let logger: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        var request = request
        var call = Call(
            method: request.method == .post ? .post : .get, path: request.uri.path,
            query: Query(request.uri.query ?? ""), form: Query(""),
            cookies: Cookies(request.headers[.cookie] ?? ""))
        call.site = desks.site ?? request.head.authority.map { "http://\($0)" }
        if request.method == .post {
            let boundary = Multipart.boundary(request.headers[.contentType] ?? "")
            let most = boundary == nil ? Self.mostTyped : Self.mostSent
            let isJSON = request.headers[.contentType]?.hasPrefix("application/json") == true
            if let buffer = try? await request.collectBody(upTo: most) {
                if isJSON {
                    call.json = Array(buffer.readableBytesView)
                } else {
                    call.fill(buffer, boundary)
                }
            } else {
                call.isTooLarge = true
            }
        }
        guard [.get, .head, .post].contains(request.method) else {
            return Response(status: .methodNotAllowed)
        }
        let answer = await desks.desk(for: call).answer(call) { reference, error in
            logger.error(
                "request failed", metadata: ["reference": "\(reference)", "error": "\(error)"])
        }
        var headers = HTTPFields()
        headers[.contentType] = answer.contentType
        headers[.contentSecurityPolicy] = Self.contentSecurityPolicy(answer.formTarget)
        headers[.xContentTypeOptions] = "nosniff"
        headers[.cacheControl] = answer.isFixed ? "public, max-age=3600" : "no-store"
        headers[Self.referrerPolicy] = "same-origin"
        headers[Self.frameOptions] = "DENY"
        if let location = answer.location { headers[.location] = location }
        if let address = answer.refresh { headers[Self.refresh] = "0; url=\(address)" }
        for cookie in answer.cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
        if let name = answer.fileName {
            headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        }
        return Response(
            status: HTTPResponse.Status(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    /// Bytes in a form without files, and in one with: a file that is somewhat too large is
    /// told so beside its field, with what was typed.
    private static let mostTyped = 512 * 1_024
    private static let mostSent = 32 * 1_024 * 1_024

    private static func contentSecurityPolicy(_ formTarget: String?) -> String {
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "form-action 'self'\(formTarget.flatMap(origin).map { " " + $0 } ?? ""); "
            + "frame-ancestors 'none'; base-uri 'none'"
    }

    /// `https://login.example:8443` of an address there; nil where it could end the policy's
    /// sentence and begin another.
    private static func origin(_ address: String) -> String? {
        guard let scheme = address.firstRange(of: "://") else { return nil }
        let host = address[scheme.upperBound...].prefix { !"/?#".contains($0) }
        let isPlain = host.utf8.allSatisfy {
            switch $0 {
            case 48...57, 65...90, 97...122, 45, 46, 58, 91, 93: true
            default: false
            }
        }
        return isPlain && !host.isEmpty ? String(address[..<scheme.upperBound] + host) : nil
    }

    private static let refresh = HTTPField.Name("Refresh") ?? .location
    private static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .referer
    private static let frameOptions = HTTPField.Name("X-Frame-Options") ?? .via
}

extension Call {
    fileprivate mutating func fill(_ body: ByteBuffer, _ boundary: String?) {
        guard let boundary else {
            form = Query(String(buffer: body))
            return
        }
        let parts = Multipart(Array(body.readableBytesView), boundary: boundary)
        form = Query(parts.fields)
        files = parts.files
    }
}
