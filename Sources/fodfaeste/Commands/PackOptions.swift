import ArgumentParser
import Chronology
import Exchange
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Reporting

/// Which quarter, counted and known up to which day, and for whose eyes.
struct PackOptions: ParsableArguments {
    @Option(help: "The quarter, such as 2024Q3.") var quarter: String
    @Option(help: "Count up to this day (default: one month after the quarter).") var asOf: Day?
    @Option(help: "Use only what was recorded by the end of this day.") var knownAt: Day?
    @Flag(name: .customLong("public"), help: "As everybody may see it: small counts hidden.")
    var isPublic = false

    func request(_ peers: [MunicipalityCode] = []) throws -> PackRequest {
        guard case .quarter(let quarter)? = Period(quarter) else {
            throw CommandError.wrongPeriod(quarter)
        }
        let asOf = asOf ?? (quarter.lastMonth + 1).last
        guard asOf >= quarter.range.end else {
            throw ValidationError(
                "--as-of is \(quarter.range.end.iso) (the quarter's last day) or later.")
        }
        return PackRequest(quarter, asOf: asOf, knownAt: knownAt, peers: peers)
    }

    func actor(_ municipality: MunicipalityCode) -> Actor {
        isPublic ? .outsider(municipality) : Wiring.system(municipality)
    }
}

/// The files a pack is written as.
enum PackFile: String, CaseIterable, ExpressibleByArgument, Sendable {
    case json, csv, xlsx

    func bytes(_ pack: Pack, _ wording: Wording) throws -> [UInt8] {
        switch self {
        case .json: return try pack.json()
        case .csv:
            let writer = wording.language == .da ? CSVWriter.danish : CSVWriter.standard
            return writer.bytes(pack.list(wording), wording)
        case .xlsx: return try pack.workbook(wording).bytes()
        }
    }
}
