import Chronology
import Foundation
import Identifiers
import Registry
import Storage

/// Everything about a citizen in one file: one JSON object a line. The first says what it is,
/// then every registration there has been, every file of the case, and every look in it.
public struct CitizenArchiveFile: Hashable, Sendable {
    public var municipality: MunicipalityCode
    public var citizen: CitizenID
    public var day: Day
    public var registrations: [ArchivedRegistration]
    public var files: [ArchivedFile]
    public var looks: [ArchivedLook]

    public struct ArchivedFile: Hashable, Codable, Sendable {
        /// SHA-256 in hexadecimal digits, as the document says it.
        public var digest: String
        /// Base64.
        public var content: String
    }

    public struct ArchivedLook: Hashable, Codable, Sendable {
        public var at: Int64
        public var actor: String
        public var role: String
        public var purpose: String
    }

    private struct Opening: Codable {
        var format: String
        var municipality: String
        var citizen: Int64
        var day: String
        var registrations: Int
        var files: Int
        var looks: Int
    }

    private static let format = "fodfaeste-everything/1"

    /// UTF-8, each line ended. The same bytes for the same case.
    public func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var out =
            try encoder.encode(
                Opening(
                    format: Self.format, municipality: municipality.description,
                    citizen: citizen.number, day: day.iso, registrations: registrations.count,
                    files: files.count, looks: looks.count)) + [10]
        for registration in registrations { out += try encoder.encode(registration) + [10] }
        for file in files { out += try encoder.encode(file) + [10] }
        for look in looks { out += try encoder.encode(look) + [10] }
        return Array(out)
    }

    /// Throws `ArchiveProblem` with the line that is wrong.
    public init(_ bytes: [UInt8]) throws(ArchiveProblem) {
        let lines = bytes.split(separator: 10).map { Data($0) }
        let decoder = JSONDecoder()
        guard let first = lines.first, let opening = try? decoder.decode(Opening.self, from: first),
            opening.format == Self.format, let code = try? MunicipalityCode(opening.municipality),
            let day = Day(iso: opening.day)
        else { throw .noArchive }
        let counts = [opening.registrations, opening.files, opening.looks]
        guard counts.allSatisfy({ $0 >= 0 }), lines.count == 1 + counts.reduce(0, +) else {
            throw .cutOff(lines: lines.count)
        }
        func read<Value: Decodable>(
            _ type: Value.Type, _ range: Range<Int>
        ) throws(ArchiveProblem) -> [Value] {
            var found: [Value] = []
            for place in range {
                guard let value = try? decoder.decode(type, from: lines[place]) else {
                    throw .malformed(line: place + 1)
                }
                found.append(value)
            }
            return found
        }
        let files = 1 + counts[0]
        let looks = files + counts[1]
        municipality = code
        citizen = CitizenID(opening.citizen)
        self.day = day
        registrations = try read(ArchivedRegistration.self, 1..<files)
        self.files = try read(ArchivedFile.self, files..<looks)
        self.looks = try read(ArchivedLook.self, looks..<lines.count)
    }

    init(
        municipality: MunicipalityCode, citizen: CitizenID, day: Day,
        registrations: [ArchivedRegistration], files: [ArchivedFile], looks: [ArchivedLook]
    ) {
        self.municipality = municipality
        self.citizen = citizen
        self.day = day
        self.registrations = registrations
        self.files = files
        self.looks = looks
    }

    /// What stands: of each fact the latest that was said, in the order it was said. Throws
    /// `ArchiveProblem.malformed` with the line of the first that the program does not know.
    public func standing() throws(ArchiveProblem) -> [Fact] {
        var latest: [String: (place: Int, fact: Fact?)] = [:]
        for (place, registration) in registrations.enumerated() {
            do throws(StorageError) {
                latest["\(registration.kind) \(registration.fact)"] = (
                    place, try registration.registered()
                )
            } catch { throw .malformed(line: place + 2) }
        }
        return latest.values.sorted { $0.place < $1.place }.compactMap(\.fact)
    }
}

/// Why a file is no archive that can be read.
public enum ArchiveProblem: Error, Hashable, Sendable {
    case noArchive
    case cutOff(lines: Int)
    case malformed(line: Int)
    /// A file's content is not what its digest says.
    case wrongFile(digest: String)
    /// Something stands here already with the number of one of its facts.
    case taken(kind: String, fact: Int64)

    /// The sentence's key below `archive`, and what it names.
    public var sentence: (key: String, values: [String: String]) {
        switch self {
        case .noArchive: ("noArchive", [:])
        case .cutOff(let lines): ("cutOff", ["lines": String(lines)])
        case .malformed(let line): ("malformed", ["line": String(line)])
        case .wrongFile(let digest): ("wrongFile", ["digest": digest])
        case .taken(let kind, let fact): ("standing", ["kind": kind, "fact": String(fact)])
        }
    }
}

extension OwnCase {
    /// Everything about the citizen who asks (indsigt, GDPR art. 15 and 20). A decision that
    /// waits for being sent is left out until it is.
    public func everything(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> CitizenArchiveFile {
        let citizen = try await house.own(
            actor, in: municipality, asking: Request.decideOwn)
        let today = house.clock.today()
        return try await house.engine.read { connection in
            let reader = StoreReader(connection)
            let all = try reader.archive(about: citizen, of: municipality)
            var waiting: Set<Int64> = []
            var files: [CitizenArchiveFile.ArchivedFile] = []
            try reader.facts(
                about: citizen, in: municipality, kinds: [.decision, .document]
            ) { fact in
                switch fact {
                case .decision(let decision) where decision.sent == nil:
                    waiting.insert(decision.id.number)
                case .document(let document):
                    let content = try FileContents(connection, municipality)
                        .content(document.digest)
                    files.append(
                        .init(
                            digest: document.digest,
                            content: Data(content ?? []).base64EncodedString()))
                default: break
                }
            }
            let looks = try LookupLog(connection, municipality)
                .latest(Int(Int32.max), about: citizen)
            return CitizenArchiveFile(
                municipality: municipality, citizen: citizen, day: today,
                registrations: all.filter {
                    $0.kind != FactKind.decision.rawValue || !waiting.contains($0.fact)
                },
                files: files.sorted { $0.digest < $1.digest },
                looks: looks.map {
                    .init(at: $0.at, actor: $0.actor, role: $0.role, purpose: $0.purpose)
                })
        }
    }
}

extension AdministrationCase {
    /// Registers what stands in an archive, for a citizen who is not here: all of it, or
    /// nothing. Throws `ArchiveProblem`. How many facts.
    public func take(
        _ archive: CitizenArchiveFile, by actor: Actor
    ) async throws -> Int {
        let municipality = archive.municipality
        try Policy.require(.importStatistics, by: actor, in: municipality)
        let facts = try archive.standing()
        let stamp = house.stamp(actor, "arkiv")
        return try await house.engine.write { connection in
            let reader = StoreReader(connection)
            for fact in facts
            where try reader.registration(fact.kind, fact.id, of: municipality) != nil {
                throw ArchiveProblem.taken(kind: fact.kind.rawValue, fact: fact.id.number)
            }
            let contents = FileContents(connection, municipality)
            for file in archive.files {
                let content = Data(base64Encoded: file.content).map { [UInt8]($0) } ?? []
                guard try contents.keep(content) == file.digest else {
                    throw ArchiveProblem.wrongFile(digest: file.digest)
                }
            }
            var ledger = try LedgerWriter(connection, municipality)
            for fact in facts { _ = try ledger.register(fact, stamp) }
            return facts.count
        }
    }
}
