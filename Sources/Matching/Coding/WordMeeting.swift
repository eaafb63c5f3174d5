/// Reads one word as a wording of the taxonomy.
struct WordMeeting: Sendable {
    struct Met {
        var targets: [Vocabulary.Target]
        var meeting: Meeting
    }

    let vocabulary: Vocabulary
    let words: LanguageWords
    let forms: WordForms

    /// As it stands.
    func exact(_ word: String) -> Met? {
        vocabulary.single[word].map {
            Met(targets: $0, meeting: $0.contains(where: \.isAbbreviation) ? .abbreviation : .exact)
        }
    }

    /// In another form. Titles win over skills, because "maleren" is a person.
    func inflected(_ word: String) -> Met? {
        for base in forms.bases(of: word) where base.utf8.count >= 3 {
            let targets = (vocabulary.single[base] ?? []).filter {
                !$0.isExact || $0.isAbbreviation && word.hasSuffix("er")
            }
            if !targets.isEmpty { return Met(targets: targets, meeting: .inflected) }
        }
        return nil
    }

    /// With at most two slips of the pen. Not for a word that is known by itself.
    func slip(_ word: String) -> Met? {
        if isKnown(word) { return nil }
        for candidate in [word] + forms.bases(of: word) where word.hasPrefix(candidate) {
            guard let near = vocabulary.nearest(to: candidate) else { continue }
            // Where only the ending differs they are two words: "økonomi" and "økonom".
            if near.hasPrefix(candidate) || candidate.hasPrefix(near) { continue }
            let targets = (vocabulary.single[near] ?? []).filter { !$0.isExact }
            if !targets.isEmpty { return Met(targets: targets, meeting: .spellingSlip) }
        }
        return nil
    }

    func isKnown(_ word: String) -> Bool {
        func isListed(_ word: String) -> Bool {
            words.known.contains(word) || words.modifiers.contains(word)
                || words.small.contains(word) || words.skillHeads.contains(word)
                || words.occupationHeads.contains(word) || vocabulary.words.contains(word)
        }
        return isListed(word) || forms.bases(of: word).contains(where: isListed)
    }

    // MARK: Compounds

    /// As a compound whose parts are known: a wording at its end ("hotelrengøring"), or one
    /// before an end such as "-erfaring" ("lagererfaring").
    func compound(_ word: String) -> Met? {
        let bytes = Array(word.utf8)
        guard bytes.count >= 7 else { return nil }
        for split in 3..<bytes.count - 2 where bytes[split] & 0xC0 != 0x80 {
            let head = String(decoding: bytes[split...], as: UTF8.self)
            let front = String(decoding: bytes[..<split], as: UTF8.self)
            if let met = byHead(front, head) ?? byModifier(front, head) { return met }
        }
        return nil
    }

    private func byHead(_ front: String, _ head: String) -> Met? {
        guard head.utf8.count >= 4, isModifier(front) else { return nil }
        guard let met = exact(head) ?? inflected(head) else { return nil }
        let targets = met.targets.filter { target in
            !target.isExact && Folding.folded(target.wording).utf8.count >= 4
        }
        return targets.isEmpty ? nil : Met(targets: targets, meeting: .compound)
    }

    private func byModifier(_ front: String, _ head: String) -> Met? {
        let heads = [head] + forms.bases(of: head)
        let forSkill = heads.contains(where: words.skillHeads.contains)
        let forOccupation = heads.contains(where: words.occupationHeads.contains)
        guard forSkill || forOccupation else { return nil }
        for stem in stems(front) {
            let targets = (vocabulary.single[stem] ?? []).filter {
                $0.isOccupation ? forOccupation : forSkill
            }
            if !targets.isEmpty { return Met(targets: targets, meeting: .compound) }
        }
        return nil
    }

    /// The front of a compound without the s or e that links it to the end.
    func stems(_ front: String) -> [String] {
        let bare = String(front.dropLast())
        return front.hasSuffix("s") || front.hasSuffix("e")
            ? [front, bare] : [front, front + "e"]
    }

    private func isModifier(_ front: String) -> Bool {
        stems(front).contains { words.modifiers.contains($0) || vocabulary.words.contains($0) }
    }

    /// "Lager-" before "logistikmedarbejder" is "lagermedarbejder": the front with the longest
    /// end of the later word that makes a wording, or else the front by itself.
    func hanging(_ front: String, _ later: String) -> Met? {
        let bytes = Array(later.utf8)
        if bytes.count > 5 {
            for split in 1..<bytes.count - 3 where bytes[split] & 0xC0 != 0x80 {
                let whole = front + String(decoding: bytes[split...], as: UTF8.self)
                if let met = exact(whole) ?? inflected(whole) {
                    let targets = met.targets.filter { !$0.isExact }
                    if !targets.isEmpty { return Met(targets: targets, meeting: .compound) }
                }
            }
        }
        for stem in stems(front) {
            guard let met = exact(stem) ?? inflected(stem) else { continue }
            let targets = met.targets.filter { !$0.isOccupation }
            if !targets.isEmpty { return Met(targets: targets, meeting: .compound) }
        }
        return nil
    }
}
