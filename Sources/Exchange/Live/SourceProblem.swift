import Foundation
import Parameters

/// Who publishes figures that are fetched over the network. The raw value is the
/// name in commands, in the log of retrievals and in texts.
public enum StatisticsSource: String, CaseIterable, Sendable {
    /// jobindsats.dk, version 3 of its interface
    case jobindsats
    /// Danmarks Statistik's Statistikbanken
    case statbank
}

/// Why nothing was fetched: where, what was found and what to do about it.
/// Nothing of the answer has been kept.
public struct SourceProblem: Error, Hashable, Sendable {
    /// The raw value is the key of its text under `fetch.problem`.
    public enum Kind: String, CaseIterable, Sendable {
        // On the way
        case wrongAddress, insecureAddress, unreachable, timedOut, dropped, tooLarge, redirected
        // The server's no
        case tokenMissing, tokenRefused, notFound, retired, refused, busy, serverFailed, otherStatus
        // What came
        case unreadable, changedColumns, otherMember, contents
        // What was asked
        case unknownSelection, unknownMember, chooseMember, unknownMeasure, noAreas, noPeriods

        /// Whether it may be over in a moment.
        var passes: Bool { [.unreachable, .dropped, .busy, .serverFailed].contains(self) }

        /// Whether the source did not serve us at all; the rest is about what was
        /// asked or what came.
        public var isNoService: Bool {
            switch self {
            case .unreadable, .changedColumns, .otherMember, .contents, .unknownSelection,
                .unknownMember, .chooseMember, .unknownMeasure, .noAreas, .noPeriods:
                false
            default: true
            }
        }
    }

    public var kind: Kind
    public var source: StatisticsSource
    /// What was asked, without anything secret.
    public var address: String
    /// What stands there, shortened.
    public var found: String
    /// Values or forms that would be accepted, or what is missing.
    public var accepted: [String]
    /// The single problems of `contents`.
    public var contents: [ImportProblem] = []

    public init(
        _ kind: Kind, _ source: StatisticsSource, address: String, found: String = "",
        accepted: [String] = []
    ) {
        self.kind = kind
        self.source = source
        self.address = address
        self.found = found.count > 300 ? String(found.prefix(299)) + "…" : found
        self.accepted = accepted
    }

    /// What is wrong inside an answer that came whole.
    init(_ problems: ImportProblems, _ source: StatisticsSource, address: String) {
        self.init(.contents, source, address: address, found: String(problems.total))
        contents = Array(problems.listed.prefix(20))
    }

    init(_ failure: TransportFailure, of request: OutsideRequest, by source: StatisticsSource) {
        let (kind, found): (Kind, String) =
            switch failure {
            case .wrongAddress: (.wrongAddress, "")
            case .unreachable: (.unreachable, "")
            case .dropped: (.dropped, "")
            case .timedOut: (.timedOut, "")
            case .tooLarge(let bytes): (.tooLarge, String(bytes >> 20))
            case .redirected(let host): (.redirected, host)
            }
        self.init(kind, source, address: request.address, found: found)
    }

    /// What a status other than 200 means.
    init(refusal answer: OutsideAnswer, of request: OutsideRequest, by source: StatisticsSource) {
        let kind: Kind =
            switch answer.status {
            case 400, 422: .refused
            case 401, 403: .tokenRefused
            case 404: .notFound
            case 410: .retired
            case 429: .busy
            case 500...599: .serverFailed
            default: .otherStatus
            }
        let cause = Self.cause(answer.bytes)
        self.init(
            kind, source, address: request.address,
            found: cause.isEmpty || kind == .serverFailed ? String(answer.status) : cause)
    }

    /// The reason in the server's own words: `{"code": 422, "cause": "..."}`, or
    /// `{"message": "..."}` as Danmarks Statistik writes it.
    private static func cause(_ bytes: [UInt8]) -> String {
        guard bytes.count < 65_536, let object = JSONValue(bytes)?.object else { return "" }
        return object["cause"]?.text ?? object["message"]?.text ?? ""
    }

    /// Whole sentences for the user: the place, the problem and the remedy, then the
    /// single problems of what came.
    public func lines(_ catalogue: TextCatalogue, _ language: Language) -> [String] {
        let arguments = [
            "source": catalogue.text("fetch.source.\(source.rawValue)", language),
            "address": address, "found": found, "accepted": accepted.joined(separator: ", "),
        ]
        return [
            catalogue.text("fetch.place", language, arguments) + " "
                + catalogue.text("fetch.problem.\(kind.rawValue)", language, arguments)
        ] + contents.map { $0.text(catalogue, language) }
    }
}
