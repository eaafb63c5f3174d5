import Chronology
import Identifiers
import Registry
import Storage

/// Files in a citizen's case (dokumenter).
public struct DocumentCase: Sendable {
    private let house: House

    /// Bytes in a file.
    public static let largest = 10 * 1_024 * 1_024

    public init(_ house: House) { self.house = house }

    /// Keeps a file. What it is, is told by how it begins and not by its name alone. Throws
    /// `FieldProblems` for an empty one, one of another kind or too large, and the same file
    /// twice in a case; nothing is stored then.
    public func keep(
        _ file: UploadedFile, titled title: String, from sender: MessageParty, on day: Day,
        for citizen: CitizenID, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> Receipt {
        var problems: [FieldProblem] = []
        if title.isEmpty { problems.append(.init("title", "empty")) }
        let media = file.media
        if let problem = file.problem { problems.append(problem) }
        guard problems.isEmpty, let media else { throw FieldProblems(problems) }
        return try await house.writeCase(municipality, actor, purpose) { writer in
            if day > writer.today { throw FieldProblems([.init("day", "actInFuture")]) }
            try writer.requireResident(citizen, on: day, "day")
            let digest = try writer.keep(file.content)
            let standing = try writer.reader.registrations(
                about: citizen, of: municipality, kinds: [.document])
            for case .document(let other) in standing.map(\.fact) where other.digest == digest {
                throw FieldProblems([
                    .init("file", "fileAlready", ["title": other.title, "day": other.day.danish])
                ])
            }
            return try writer.add(.document) { id in
                .document(
                    CaseDocument(
                        id: id, citizen: citizen, day: day, sender: sender, title: title,
                        fileName: file.name, media: media, size: file.content.count,
                        digest: digest))
            }.1
        }
    }

    /// A document with its content. The look-up is logged. Nil where there is none such.
    public func content(
        of id: FactID, about citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose?
    ) async throws -> (document: CaseDocument, content: [UInt8])? {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        _ = try await reading.citizens([citizen], for: .document, on: house.clock.today())
        return try await house.engine.read { connection in
            guard
                case .document(let document)? = try StoreReader(connection).registration(
                    .document, id, of: municipality)?.fact, document.citizen == citizen,
                let content = try FileContents(connection, municipality).content(document.digest)
            else { return nil }
            return (document, content)
        }
    }
}

/// A file as it was sent.
public struct UploadedFile: Hashable, Sendable {
    /// Without folders.
    public var name: String
    public var content: [UInt8]

    public init(name: String, content: [UInt8]) {
        self.name = name.split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? ""
        self.content = content
    }

    fileprivate var problem: FieldProblem? {
        if name.isEmpty || content.isEmpty { return .init("file", "fileMissing") }
        if content.count > DocumentCase.largest {
            return .init(
                "file", "fileTooLarge",
                [
                    "size": megabytes(content.count), "most": megabytes(DocumentCase.largest),
                    "file": name,
                ])
        }
        return media == nil ? .init("file", "fileKind", ["file": name]) : nil
    }

    private func megabytes(_ bytes: Int) -> String {
        let tenths = (bytes * 10 + 1_048_575) / 1_048_576
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10),\(tenths % 10)"
    }

    /// What the file is: its name and its first bytes must agree. Nil for any other.
    var media: DocumentMedia? {
        let ending = name.split(separator: ".").last?.lowercased() ?? ""
        func begins(_ bytes: [UInt8]) -> Bool { content.starts(with: bytes) }
        let archive: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
        switch ending {
        case "pdf": return begins(Array("%PDF-".utf8)) ? .pdf : nil
        case "jpg", "jpeg": return begins([0xFF, 0xD8, 0xFF]) ? .jpeg : nil
        case "png": return begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? .png : nil
        case "docx": return begins(archive) ? .docx : nil
        case "odt": return begins(archive) ? .odt : nil
        case "txt":
            return !content.contains(0) && String(validating: content, as: UTF8.self) != nil
                ? .text : nil
        default: return nil
        }
    }
}
