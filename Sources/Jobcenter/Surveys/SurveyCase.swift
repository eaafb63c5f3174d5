import Chronology
import Identifiers
import Registry
import Storage
import Surveys

/// User surveys (brugerundersøgelser): a wave is drafted, its sample drawn, links are sent, and
/// those asked answer without signing in. When the wave is ended its totals are registered, and
/// what it says is open to everybody.
public struct SurveyCase: Sendable {
    let house: House

    /// More than this at once is a slip of the hand.
    public static let mostWanted = 20_000
    /// A window of more days than this is none.
    public static let longestWindow = 120
    public static let longestWords = 2_000

    public init(_ house: House) { self.house = house }

    /// Drafts a wave, or corrects one that is not drawn yet. Throws `FieldProblems` for days
    /// that run backwards and a frame that nobody can know yet.
    public func draft(
        _ new: NewWave, correcting number: FactID? = nil, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        try await house.writeCase(municipality, actor, purpose, asking: .manageSurvey) { writer in
            try new.check(on: writer.today)
            if let number, try writer.wave(number).drawn != nil {
                throw FieldProblems([.init("title", "surveyDrawn")])
            }
            return try writer.put(number, .surveyWave) { id in
                .surveyWave(
                    SurveyWave(
                        id: id, title: new.title, frameDay: new.frameDay, opens: new.opens,
                        closes: new.closes, mode: new.mode, wanted: new.wanted, seed: new.seed))
            }
        }
    }

    /// Draws the sample: a stratified random one of those who live here and are on a benefit of
    /// `SurveyBenefits` on the day of the frame. The look at them is logged. Throws
    /// `FieldProblems` where it is drawn already, and where nobody could be asked. O(spells).
    public func draw(
        _ id: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try Policy.require(.manageSurvey, by: actor, in: municipality)
        let frame = try await frame(of: id, in: municipality)
        return try await house.writeCase(municipality, actor, purpose, asking: .manageSurvey) {
            writer in
            var wave = try writer.wave(id)
            if wave.drawn != nil { throw FieldProblems([.init("draw", "surveyDrawn")]) }
            let draw = SampleDraw(frame: frame, wanted: wave.wanted, seed: wave.seed)
            if draw.drawn.isEmpty { throw FieldProblems([.init("draw", "nobody")]) }
            try writer.surveys.invite(
                draw.drawn.enumerated().map { place, one in
                    SurveyInvitationRow(
                        number: Int64(place) + 1, citizen: one.citizen, stratum: one.stratum)
                }, to: id)
            wave.drawn = writer.today
            wave.strata = draw.strata
            return try writer.set(.surveyWave(wave))
        }
    }

    /// Those who can be asked, with their cells. Who is on several benefits counts with the one
    /// that began last.
    private func frame(
        of id: FactID, in municipality: MunicipalityCode
    ) async throws -> [CitizenID: SurveyCell] {
        try await house.engine.read { connection in
            let reader = StoreReader(connection)
            guard
                case .surveyWave(let wave)? = try reader.registration(
                    .surveyWave, id, of: municipality)?.fact
            else { return [:] }
            let day = wave.frameDay
            var residents: Set<CitizenID> = []
            var latest: [CitizenID: BenefitSpell] = [:]
            try reader.facts(of: municipality, kinds: [.residence, .benefitSpell]) { fact in
                switch fact {
                case .residence(let stay) where stay.holds(on: day): residents.insert(stay.citizen)
                case .benefitSpell(let spell)
                where spell.holds(on: day) && SurveyBenefits(spell.benefit) != nil:
                    if let other = latest[spell.citizen],
                        (other.start, other.id) > (spell.start, spell.id)
                    {
                        return
                    }
                    latest[spell.citizen] = spell
                default: break
                }
            }
            var frame: [CitizenID: SurveyCell] = [:]
            try reader.traits(of: municipality) { person in
                guard residents.contains(person.id),
                    let benefits = latest[person.id].flatMap({ SurveyBenefits($0.benefit) })
                else { return }
                frame[person.id] = SurveyCell(
                    benefits, SurveyAges(years: person.born.age(on: day)), person.sex)
            }
            return frame
        }
    }
}

/// A wave as it is drafted.
public struct NewWave: Hashable, Sendable {
    public var title: String
    public var frameDay: Day
    public var opens: Day
    public var closes: Day
    public var mode: SurveyMode
    public var wanted: Int
    public var seed: Int64

    public init(
        title: String, frameDay: Day, opens: Day, closes: Day, mode: SurveyMode, wanted: Int,
        seed: Int64
    ) {
        self.title = title
        self.frameDay = frameDay
        self.opens = opens
        self.closes = closes
        self.mode = mode
        self.wanted = wanted
        self.seed = seed
    }

    fileprivate func check(on today: Day) throws(FieldProblems) {
        var problems: [FieldProblem] = []
        if title.isEmpty { problems.append(.init("title", "empty")) }
        if let long = FieldProblem.tooLong("title", title, most: 120) { problems.append(long) }
        if frameDay > today { problems.append(.init("frameDay", "surveyFrameLater")) }
        if closes < opens { problems.append(.init("closes", "surveyBackwards")) }
        if closes < today { problems.append(.init("closes", "surveyPast")) }
        if closes - opens > SurveyCase.longestWindow {
            problems.append(
                .init("closes", "surveyTooLong", ["most": String(SurveyCase.longestWindow)]))
        }
        if !(1...SurveyCase.mostWanted).contains(wanted) {
            problems.append(
                .init(
                    "wanted", "wholeNumber", ["from": "1", "to": String(SurveyCase.mostWanted)]))
        }
        if !problems.isEmpty { throw FieldProblems(problems) }
    }
}

extension CaseWriter {
    /// Throws `FieldProblems` where there is no such wave.
    func wave(_ id: FactID) throws -> SurveyWave {
        guard
            case .surveyWave(let wave)? = try reader.registration(
                .surveyWave, id, of: municipality)?.fact
        else { throw FieldProblems([.init("wave", "choice")]) }
        return wave
    }
}
