import Foundation
import Indicators
import Parameters

/// Which part of a plan file answers for each sentence of the published plan
/// (dækning): a check that nothing was left out. Sentences are named by number
/// and fingerprint and never quoted.
///
/// ```yaml
/// plan: herlev-2024-2025
/// fingerprint: "b8a161268e3d558a"
/// sentences:
///   - {number: 1, fingerprint: "7d4d929aef673d06", narrative: heading}
///   - {number: 2, fingerprint: "c71a55eb14f07575", is: [goal.local-1, target.flex-job]}
/// ```
public struct CoverageFile: Hashable, Sendable {
    /// What a sentence became.
    public enum Link: Hashable, Sendable {
        case goal(String)
        case focusArea(String)
        case effort(String)
        case duty(String)
        case target(String)
        /// An indicator that a target, duty or effort of the plan uses.
        case indicator(IndicatorID)
    }

    /// Why a sentence asks for nothing.
    public enum Narrative: String, CaseIterable, Sendable {
        case foreword, heading, quotation, signature, background
    }

    public struct Entry: Hashable, Sendable {
        public var number: Int
        public var fingerprint: String
        /// Empty for narrative.
        public var links: [Link]
        public var narrative: Narrative?
    }

    public var plan: String
    /// Fingerprint of the whole published text.
    public var fingerprint: String
    public var entries: [Entry]

    /// Reads a coverage file and checks it against its plan: every reference
    /// exists and the numbers run from 1 without a gap. Throws every problem at
    /// once.
    public init(yaml: String, file: String, plan: EmploymentPlan) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        guard let place = problems.document(yaml, CoverageFile.grammar) else {
            throw problems.thrown()
        }
        var entries: [Entry] = []
        for (index, sentence) in place["sentences"].items.enumerated() {
            let entry = CoverageFile.entry(sentence, plan, &problems)
            if entry.number != index + 1 {
                problems.add(
                    .numberingHasGap, at: sentence["number"],
                    ["expected": "\(index + 1)"])
            }
            entries.append(entry)
        }
        if place["plan"].string != plan.id {
            problems.add(
                .unknownReference, at: place["plan"],
                ["section": "plans", "accepted": plan.id])
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
        self.plan = plan.id
        self.fingerprint = place["fingerprint"].string
        self.entries = entries
    }

    /// The sentences of `text` that the file does not answer for as they stand:
    /// unmapped ones, and those whose wording is another than the one mapped.
    public func unmapped(in text: String) -> [PlanSentence] {
        SentenceSplitter.sentences(of: text).filter { sentence in
            guard entries.indices.contains(sentence.number - 1) else { return true }
            return entries[sentence.number - 1].fingerprint != sentence.fingerprint
        }
    }

    static let grammar = ValueRule.object([
        .needs("plan", .identifier),
        .needs("fingerprint", .fingerprint),
        .needs(
            "sentences",
            .list(
                .object([
                    .needs("number", .integer(1...9999)),
                    .needs("fingerprint", .fingerprint),
                    .may("is", .list(.text)),
                    .may("narrative", .words(Narrative.self)),
                ]))),
    ])

    private static func entry(
        _ place: DocumentPlace, _ plan: EmploymentPlan, _ problems: inout FileProblemList
    ) -> Entry {
        var links: [Link] = []
        for item in place["is"].items {
            if let link = link(item.string, plan) {
                links.append(link)
            } else {
                problems.add(.unknownCoverage, at: item, ["plan": plan.id])
            }
        }
        if place["is"].exists == place["narrative"].exists {
            problems.add(.noCoverage, at: place)
        }
        return Entry(
            number: place["number"].integer ?? 0, fingerprint: place["fingerprint"].string,
            links: links, narrative: Narrative(rawValue: place["narrative"].string))
    }

    /// `effort.klapjob`: the section, a full stop, the id.
    private static func link(_ text: String, _ plan: EmploymentPlan) -> Link? {
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        let id = parts[1]
        switch parts[0] {
        case "goal": return plan.goal(id).map { .goal($0.id) }
        case "focusArea": return plan.focusAreas.contains { $0.id == id } ? .focusArea(id) : nil
        case "effort": return plan.effort(id).map { .effort($0.id) }
        case "duty": return plan.duty(id).map { .duty($0.id) }
        case "target": return plan.target(id).map { .target($0.id) }
        case "indicator":
            return plan.indicators.contains(IndicatorID(id)) ? .indicator(IndicatorID(id)) : nil
        default: return nil
        }
    }
}

extension EmploymentPlan {
    /// Every indicator that a target, a duty or an effort of the plan uses.
    public var indicators: Set<IndicatorID> {
        Set(targets.compactMap(\.indicator))
            .union(duties.flatMap(\.indicators)).union(efforts.flatMap(\.indicators))
    }
}
