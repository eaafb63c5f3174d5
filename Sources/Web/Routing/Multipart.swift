import Foundation
import Jobcenter

/// The fields and files of a form that sends files (RFC 7578).
struct Multipart {
    private(set) var fields: [(name: String, value: String)] = []
    /// By the names of their fields. A field without a file has an empty one.
    private(set) var files: [String: UploadedFile] = [:]

    /// What stands between the parts, from a `Content-Type` header; nil for any other type.
    static func boundary(_ contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let start = contentType.range(of: "boundary=")
        else { return nil }
        let rest = contentType[start.upperBound...].prefix { $0 != ";" }
        let boundary = rest.filter { $0 != "\"" }
        return (1...70).contains(boundary.utf8.count) ? boundary : nil
    }

    /// Reads a body. What cannot be understood is left out, so that the form answers that a
    /// field is missing. O(bytes).
    init(_ body: [UInt8], boundary: String) {
        let data = Data(body)
        let mark = Data("--\(boundary)".utf8)
        let gap = Data("\r\n\r\n".utf8)
        guard var place = data.range(of: mark)?.upperBound else { return }
        while let next = data.range(of: mark, in: place..<data.endIndex) {
            let part = place..<next.lowerBound
            place = next.upperBound
            guard let head = data.range(of: gap, in: part), part.upperBound - head.upperBound >= 2
            else { continue }
            // A part begins and ends with a line's end that is not its own.
            let content = data[head.upperBound..<(part.upperBound - 2)]
            let header = String(decoding: data[part.lowerBound..<head.lowerBound], as: UTF8.self)
            guard let name = Multipart.parameter("name", header) else { continue }
            if let file = Multipart.parameter("filename", header) {
                files[name] = UploadedFile(name: file, content: Array(content))
            } else if !content.isEmpty {
                fields.append((name, String(decoding: content, as: UTF8.self)))
            }
        }
    }

    /// `name="..."` of the line that says what the part is.
    private static func parameter(_ name: String, _ header: String) -> String? {
        for line in header.split(whereSeparator: \.isNewline)
        where line.lowercased().hasPrefix("content-disposition:") {
            guard let start = line.range(of: "; \(name)=\"") else { return nil }
            // Browsers write a quotation mark as %22.
            return String(line[start.upperBound...].prefix { $0 != "\"" })
        }
        return nil
    }
}
