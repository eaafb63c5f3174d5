import Foundation

/// The files that pages need besides themselves.
public enum Asset: String, CaseIterable, Sendable {
    case stylesheet = "style.css"
    case script = "enhance.js"

    /// The value of the `Content-Type` header.
    public var contentType: String {
        switch self {
        case .stylesheet: "text/css; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        }
    }

    /// The file's bytes, or nil where the program was installed without it.
    public func bytes() -> [UInt8]? {
        Bundle.module.url(forResource: "Resources/\(rawValue)", withExtension: nil)
            .flatMap { try? Data(contentsOf: $0) }.map { Array($0) }
    }
}
