import Foundation
import Parameters
import Yams

/// What every simulation reads: how a municipality behaves, the levels of the 98,
/// and lists of names. Read once and shared by any number of simulators.
public struct SimulationData: Sendable {
    let calibration: Calibration
    let years: [Int]
    let levels: [Level]
    let names: NameLists

    /// Reads the files that ship with the program.
    public static func bundled() throws(ParameterError) -> SimulationData {
        let levels = try read(LevelFile.self, "levels.yaml")
        return SimulationData(
            calibration: try read(Calibration.self, "calibration.yaml"), years: levels.years,
            levels: levels.municipalities.sorted { $0.code < $1.code },
            names: NameLists(try read(NameFile.self, "names.yaml")))
    }

    /// The codes of the municipalities that can be simulated, in order.
    public var municipalities: [Int32] { levels.map(\.code) }

    /// Residents of all ages in the municipality with this code (163 for
    /// `0163`), or nil when there is no such municipality.
    public func population(of code: Int32) -> Int? { level(code)?.population }

    func level(_ code: Int32) -> Level? { levels.first { $0.code == code } }

    private struct LevelFile: Decodable {
        var years: [Int]
        var municipalities: [Level]
    }

    private static func read<Content: Decodable>(
        _: Content.Type, _ name: String
    ) throws(ParameterError) -> Content {
        guard let url = Bundle.module.url(forResource: "Resources/\(name)", withExtension: nil),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { throw .missing(name) }
        do {
            return try YAMLDecoder().decode(Content.self, from: text)
        } catch {
            throw .malformed(file: name, line: 0, "\(error)")
        }
    }
}

struct NameFile: Decodable {
    var young: Given
    var older: Given
    var family: [String]
    var abroad: Abroad
    var company: [Ending]

    struct Given: Decodable {
        var female: [String]
        var male: [String]
    }
    struct Abroad: Decodable {
        var female: [String]
        var male: [String]
        var family: [String]
    }
    struct Ending: Decodable {
        var industry: String
        var suffix: String
    }
}

/// Names with frequencies, ready to draw from.
struct NameLists: Sendable {
    let young: (female: Lottery<String>, male: Lottery<String>)
    let older: (female: Lottery<String>, male: Lottery<String>)
    let abroad: (female: Lottery<String>, male: Lottery<String>)
    let family: Lottery<String>
    let familyAbroad: Lottery<String>
    let companies: [(industry: String, suffix: String)]

    init(_ file: NameFile) {
        func lottery(_ names: [String], flat: Bool = false) -> Lottery<String> {
            Lottery(names.enumerated().map { ($1, flat ? 1 : 1 / Double($0 + 5)) })
        }
        young = (lottery(file.young.female), lottery(file.young.male))
        older = (lottery(file.older.female, flat: true), lottery(file.older.male, flat: true))
        abroad = (lottery(file.abroad.female), lottery(file.abroad.male))
        family = lottery(file.family)
        familyAbroad = lottery(file.abroad.family)
        companies = file.company.map { ($0.industry, $0.suffix) }
    }
}
