import Chronology
import Effects
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Law
import Parameters
import Plans
import Storage

/// Everything in the house but the database, read once.
struct Furnishing {
    let texts: TextCatalogue
    let municipalities: MunicipalityList
    private let options: HouseOptions
    private let catalogue: Catalogue
    private let plans: [EmploymentPlan]
    private let choices: LocalChoices
    private let protocols: ProtocolBook

    init(_ options: HouseOptions, _ catalogue: Catalogue) throws {
        self.options = options
        self.catalogue = catalogue
        texts = try TextCatalogue.bundled()
        municipalities = try MunicipalityList.bundled()
        plans = Wiring.plans(in: options.plans, catalogue, texts, options.lang)
        choices = try options.law.read(options.lang, texts)
        protocols = try ProtocolBook.bundled()
    }

    /// `day`: its today, where it is not the options'.
    func house(
        _ engine: any StorageEngine, _ ahead: RegisterAhead? = nil, on day: Day? = nil
    ) -> House {
        House(
            engine: engine, clock: Wiring.clock(day ?? options.today), texts: texts,
            municipalities: municipalities, catalogue: catalogue, plans: plans,
            suppression: options.hiding.rule, lawChoices: choices, protocols: protocols,
            ahead: ahead)
    }
}

/// Puts the house together.
enum Wiring {
    static func house(_ options: CommonOptions, _ engine: any StorageEngine) throws -> House {
        try Furnishing(options.house, try Catalogue.bundled()).house(engine)
    }

    /// The house that serves a municipality. The municipality's register is begun
    /// first, and the rest is read while the database is.
    static func house(
        _ options: CommonOptions, _ engine: any StorageEngine, serving: MunicipalityCode
    ) async throws -> House {
        let catalogue = Task { try Catalogue.bundled() }
        let ahead = RegisterAhead(of: serving, from: engine, catalogue: catalogue)
        return try Furnishing(options.house, try await catalogue.value).house(engine, ahead)
    }

    /// Opens the store, lets `body` ask the house on it as the program itself, and closes
    /// the store. The municipality of the options must exist.
    static func withHouse(
        _ options: CommonOptions, _ body: (House, Actor) async throws -> Void
    ) async throws {
        let store = try await options.store.open()
        let house = try Self.house(options, store)
        _ = try municipality(options.municipality, house.municipalities)
        try await body(house, system(options.municipality))
        try await store.close()
    }

    /// The computer's clock with the calendar of Denmark, or a chosen day.
    static func clock(_ today: Day?) -> Clock {
        let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
        if let today { return Clock(now: now, today: { today }) }
        return Clock(
            now: now,
            today: {
                var calendar = Calendar(identifier: .gregorian)
                if let zone = TimeZone(identifier: "Europe/Copenhagen") { calendar.timeZone = zone }
                let parts = calendar.dateComponents([.year, .month, .day], from: Date())
                return Day(
                    year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1)
                    ?? Day(number: 0)
            })
    }

    /// Every plan file of a folder. A file with problems is named and left out, so
    /// that one wrong file never stops the others.
    static func plans(
        in folder: String, _ catalogue: Catalogue, _ texts: TextCatalogue, _ language: Language
    ) -> [EmploymentPlan] {
        let known = KnownIndicators(catalogue.all)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name in
            do throws(FileProblems) {
                return try EmploymentPlan(
                    contentsOf: URL(fileURLWithPath: folder).appending(path: name), known: known)
            } catch {
                Console.complain(error, language, texts)
                return nil
            }
        }
    }

    /// The municipality of the options, which must exist.
    static func municipality(
        _ code: MunicipalityCode, _ list: MunicipalityList
    ) throws(CommandError) -> HomeMunicipality {
        guard let found = list[code.number] else { throw .unknownMunicipality(code) }
        return HomeMunicipality(code: code, name: found.name)
    }

    /// The program itself as an actor: for commands given on the machine.
    static func system(_ municipality: MunicipalityCode) -> Actor {
        Actor(name: "fodfaeste", role: .system, municipality: municipality)
    }
}
