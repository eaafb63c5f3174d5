/// A concept found for a title.
public struct Ranked: Hashable, Sendable {
    /// Why a concept was found.
    public enum Reason: Hashable, Sendable {
        /// The concept has the title, but for inflection, gender and order.
        case sameTitle
        /// A part of a word of the title and one of the best label that share their stem.
        case part(title: String, label: String)
        /// A part of the title that another of the concept's labels has.
        case elsewhere(title: String, label: String)
        /// Nothing but runs of letters in common.
        case letters
    }

    public var concept: String
    /// The id of the concept's label that is nearest to the title.
    public var element: String
    public var label: String
    /// From 1.
    public var rank: Int
    /// 0 to 1 for what is like the title; the same title is above 1, and above 2
    /// where the concept has several names.
    public var score: Double
    /// Empty where none were asked for.
    public var reasons: [Reason]
}

extension TitleIndex {
    func reasons(_ title: TitleReading, _ label: TitleReading, _ concept: Int) -> [Ranked.Reason] {
        var reasons: [Ranked.Reason] = []
        if !title.stems.isEmpty,
            labelsOf[concept].contains(where: {
                readings[$0].sameTitle == title.sameTitle
            })
        {
            reasons.append(.sameTitle)
        }
        for (part, stem) in zip(title.parts, title.stems) {
            if let place = label.stems.firstIndex(of: stem) {
                reasons.append(.part(title: part, label: label.parts[place]))
            } else if let other = labelsOf[concept].first(where: {
                readings[$0].stems.contains(stem)
            }) {
                reasons.append(.elsewhere(title: part, label: labels[other].text))
            }
        }
        return reasons.isEmpty ? [.letters] : reasons
    }
}
