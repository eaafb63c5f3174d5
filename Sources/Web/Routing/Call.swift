import Jobcenter
import Parameters

/// A request as the desk sees it, free of the server's types.
struct Call: Sendable {
    enum Method: Sendable { case get, post }

    var method: Method
    var path: String
    var query: Query
    var form: Query
    var cookies: Cookies
    /// By the names of their fields.
    var files: [String: UploadedFile] = [:]
    /// What was posted as JSON, as it came; empty for a form.
    var json: [UInt8] = []
    /// The site's own address as the visitor wrote it, to print in a letter.
    var site: String?
    /// More was sent than is read; nothing of it is known.
    var isTooLarge = false
}

/// What the desk answers.
struct Answer: Sendable {
    var status = 200
    var contentType = "text/html; charset=utf-8"
    var body: [UInt8] = []
    var location: String?
    var cookies: [String] = []
    /// Where the browser goes on to by itself.
    var refresh: String?
    /// The address outside that the page has a form to; nil where there is none.
    var formTarget: String?
    /// The name under which the browser keeps the body as a file.
    var fileName: String?
    /// True when the answer is the same for everybody and may be kept.
    var isFixed = false

    /// Sends the browser on, by GET.
    static func redirect(_ location: String, cookies: [String] = []) -> Answer {
        Answer(status: 303, location: location, cookies: cookies)
    }
}

/// The cookies of a request.
struct Cookies: Sendable {
    private let values: [String: String]

    init(_ header: String) {
        var values: [String: String] = [:]
        for pair in header.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            values[parts[0].trimmingPrefix { $0 == " " }.description] = String(parts[1])
        }
        self.values = values
    }

    subscript(name: String) -> String? { values[name] }
}
