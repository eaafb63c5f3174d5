import Chronology
import Parameters
import Registry

/// Reads an employer's own text and proposes a structured order (jobordre). The same text, day
/// and lists give the same proposal.
public struct OrderReader: Sendable {
    public let coder: TextCoder
    private let english: TextCoder?
    private let postcodes: PostcodeList
    private let towns: [String: Postcode]
    /// More positions than this are asked about.
    public static let manyPositions = 50

    /// O(wordings + postcodes).
    public init(coder: TextCoder, postcodes: PostcodeList) throws(ParameterError) {
        self.coder = coder
        self.postcodes = postcodes
        towns = OrderPlaces.towns(postcodes)
        english =
            coder.language == .da
            ? try TextCoder(taxonomy: coder.taxonomy.inEnglish, language: .en) : nil
    }

    /// What any text speaks of, a CV for one: in English where it is in English. The language
    /// (ISO 639-1) is told where it is not the reader's own. O(text).
    public func code(_ text: String) -> (coding: Coding, otherLanguage: String?) {
        let language = OrderText(text, coder.words).otherLanguage
        let coder = language == "en" ? english ?? self.coder : self.coder
        return (coder.code(text), language)
    }

    /// What the text says; `today` tells the year of days without one, and which have passed.
    /// O(text).
    public func read(_ text: String, today: Day) -> OrderProposal {
        var proposal = OrderProposal()
        var order = OrderText(text, coder.words)
        guard order.words.contains(where: { $0.text.utf8.contains { $0 > 57 } }) else {
            proposal.doubts = [.empty]
            return proposal
        }
        let language = order.otherLanguage
        if let language { proposal.doubts.append(.otherLanguage(language)) }
        let coder = language == "en" ? english ?? self.coder : self.coder
        var coding = coder.code(text)
        var sought = OrderSplit(order, coding, coder.taxonomy)
        if let second = sought.second {
            proposal.doubts.append(.severalAdverts(at: second))
            let first = String(decoding: order.bytes[..<second], as: UTF8.self)
            order = OrderText(first, order.lists)
            coding = coder.code(first)
            sought = OrderSplit(order, coding, coder.taxonomy)
        }
        occupations(coding, sought.sought, &proposal)
        skills(coding, &proposal)
        hours(order, &proposal)
        let place = OrderPlaces(order, postcodes, byTown: towns).found()
        proposal.postcode = place.postcode
        proposal.doubts += place.doubts
        dates(order, today, &proposal)
        proposal.kind = kind(order)
        proposal.positions = OrderNumbers(order).positions(occupations: coding.occupations)
        if let positions = proposal.positions, positions.value > Self.manyPositions {
            proposal.doubts.append(.manyPositions(positions.value))
        }
        return proposal
    }

    // MARK: What is sought

    private func occupations(
        _ coding: Coding, _ sought: [Found], _ proposal: inout OrderProposal
    ) {
        guard let found = sought.first ?? coding.occupations.first else {
            proposal.doubts.append(.noOccupation)
            return
        }
        proposal.occupation = Proposed(found.id, at: found.place)
        var seen: Set<String> = [found.id]
        for other in found.alternatives where seen.insert(other).inserted {
            proposal.otherOccupations.append(Proposed(other, at: found.place))
        }
        for other in coding.occupations where seen.insert(other.id).inserted {
            proposal.otherOccupations.append(Proposed(other.id, at: other.place))
        }
    }

    private func skills(_ coding: Coding, _ proposal: inout OrderProposal) {
        let must = Set(coding.skillIDs(.stated, .must))
        let nice = Set(coding.skillIDs(.nice))
        var seen: Set<String> = []
        for found in coding.skills where seen.insert(found.id).inserted {
            let proposed = Proposed(found.id, at: found.place)
            if must.contains(found.id) {
                proposal.must.append(proposed)
            } else if nice.contains(found.id) {
                proposal.nice.append(proposed)
            }
        }
    }

    // MARK: The terms

    private func hours(_ order: OrderText, _ proposal: inout OrderProposal) {
        let all = OrderNumbers(order).hours()
        guard let first = all.first else { return }
        proposal.hours = first
        let least = all.map(\.value.least).min() ?? first.value.least
        let most = all.map(\.value.most).max() ?? first.value.most
        // Numbers that lie within another span say it more closely.
        if let span = all.first(where: { $0.value.least == least && $0.value.most == most }) {
            let closer = all.first { $0.value.least > least || $0.value.most < most }
            proposal.hours = all.count > 1 ? closer ?? span : span
            return
        }
        let places = all.map(\.place)
        let between = zip(places, places.dropFirst()).allSatisfy { before, after in
            let gap = Array(
                order.bytes[before.upperBound..<max(before.upperBound, after.lowerBound)])
            let words = Words.of(String(decoding: gap, as: UTF8.self)).map(\.text)
            return words.count <= 6 && words.contains { ["eller", "til", "op"].contains($0) }
        }
        if between, let from = places.first?.lowerBound, let to = places.last?.upperBound {
            proposal.hours = Proposed(WeeklyHours(least: least, most: most), at: from..<to)
        } else {
            proposal.doubts.append(.contradictingHours(all.map(\.value)))
        }
    }

    private func dates(_ order: OrderText, _ today: Day, _ proposal: inout OrderProposal) {
        let dates = OrderDates(order, today: today)
        if let start = dates.starts.first {
            proposal.start = Proposed(.on(start.value), at: start.place)
            let days = Set(dates.starts.map(\.value)).sorted()
            if days.count > 1 { proposal.doubts.append(.contradictingStart(days)) }
            if start.value < today { proposal.doubts.append(.startPassed(start.value)) }
        } else if let place = dates.soonest {
            proposal.start = Proposed(.soonest, at: place)
        }
        guard let deadline = dates.deadlines.first else { return }
        proposal.deadline = deadline
        let days = Set(dates.deadlines.map(\.value)).sorted()
        if days.count > 1 { proposal.doubts.append(.contradictingDeadline(days)) }
        if deadline.value < today { proposal.doubts.append(.deadlinePassed(deadline.value)) }
        if let start = dates.starts.first, deadline.value > start.value {
            proposal.doubts.append(.deadlineAfterStart)
        }
    }

    /// The most particular kind that the text names.
    private func kind(_ order: OrderText) -> Proposed<JobKind>? {
        for kind in [JobKind.flex, .leisure, .small, .internship, .ordinary] {
            for index in order.words.indices where !order.isNegated(index) {
                if let length = order.length(of: "kind-\(kind.rawValue)", at: index) {
                    return Proposed(kind, at: order.place(index..<index + length))
                }
            }
        }
        return nil
    }
}

extension Taxonomy {
    /// The same taxonomy with the English labels alone, for texts in English.
    public var inEnglish: Taxonomy {
        Taxonomy(
            version: version,
            occupations: occupations.filter { !$0.english.isEmpty }.map {
                var occupation = $0
                occupation.label = $0.english
                occupation.wordings = []
                return occupation
            },
            skills: skills.filter { !$0.english.isEmpty }.map {
                var skill = $0
                skill.label = $0.english
                skill.wordings = []
                return skill
            }, courses: courses)
    }
}
