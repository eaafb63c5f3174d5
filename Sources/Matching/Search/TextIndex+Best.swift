extension TextIndex {
    /// The best documents for the terms.
    ///
    /// The words are gone through from the one that can contribute most to the one
    /// that can contribute least. A document met at a word holds none of the words
    /// before it, or it was judged there; so it is looked at only when the word's
    /// contribution with all that the words after it can add reaches the worst of
    /// the best so far. Where to begin is known from what the tenth and hundredth
    /// document of each word get from it alone. When the words that are left cannot
    /// reach that together, the search is over.
    func best(_ top: Int, of terms: inout [QueryTerm]) -> [Hit] {
        guard top > 0, !terms.isEmpty else { return [] }
        terms.sort { ($0.most, $1.order) > ($1.most, $0.order) }
        var rest: Float = 0
        for index in terms.indices.reversed() {
            rest += terms[index].most
            terms[index].rest = rest
        }
        let floor = floor(top, terms)
        let found = postings.withPointers { pointers in
            withUnsafeTemporaryAllocation(of: Hit.self, capacity: min(top, documentCount)) { room in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: terms.count) { parts in
                    terms.withUnsafeBufferPointer { terms in
                        parts.initialize(repeating: 0)
                        var judge = Judge(
                            terms: terms, pointers: pointers, parts: parts,
                            hits: TopHits(room), floor: floor)
                        judge.run()
                        return judge.hits.sorted()
                    }
                }
            }
        }
        return found
    }

    /// A score that at least `top` documents reach.
    private func floor(_ top: Int, _ terms: [QueryTerm]) -> Float {
        guard top <= 100 else { return 0 }
        return terms.reduce(0) { max($0, top <= 10 ? $1.tenth : $1.hundredth) }
    }
}

/// One search at work.
private struct Judge {
    let terms: UnsafeBufferPointer<QueryTerm>
    let pointers: PostingPointers
    /// What each word of the query gives the document in hand.
    let parts: UnsafeMutableBufferPointer<Float>
    var hits: TopHits
    /// A score that must be reached; scores below may be passed over.
    var floor: Float
    /// The same with room for the rounding of sums in another order.
    private var threshold: Float = 0

    init(
        terms: UnsafeBufferPointer<QueryTerm>, pointers: PostingPointers,
        parts: UnsafeMutableBufferPointer<Float>, hits: TopHits, floor: Float
    ) {
        self.terms = terms
        self.pointers = pointers
        self.parts = parts
        self.hits = hits
        self.floor = floor
        lower()
    }

    private mutating func lower() {
        threshold = floor * (1 - Float(terms.count + 2) * Float.ulpOfOne)
    }

    mutating func run() {
        for index in terms.indices where terms[index].rest >= threshold { scan(index) }
    }

    /// Goes through one word's postings, eight at a time where none can matter.
    private mutating func scan(_ index: Int) {
        let term = terms[index]
        let after = index + 1 < terms.count ? terms[index + 1].rest : 0
        let base = UnsafeRawPointer(pointers.impacts.baseAddress)
        var place = term.start
        var needed = (threshold - after) / term.times
        while place < term.end {
            if let base, place + 8 <= term.end {
                let eight = (base + place * 4).loadUnaligned(as: SIMD8<Float>.self)
                if !any(eight .>= needed) {
                    place += 8
                    continue
                }
            }
            let end = min(place + 8, term.end)
            while place < end {
                let impact = pointers.impacts[place]
                if impact >= needed, judge(place, impact * term.times, index) {
                    needed = (threshold - after) / term.times
                }
                place += 1
            }
        }
    }

    /// Works out a document's score as far as it can matter; true when the
    /// threshold rose.
    private mutating func judge(_ place: Int, _ impact: Float, _ index: Int) -> Bool {
        let document = pointers.documents[place]
        var sum = impact
        var later = index + 1
        while later < terms.count {
            if sum + terms[later].rest < threshold { return false }
            let part = pointers.impact(of: terms[later], on: document) * terms[later].times
            parts[terms[later].order] = part
            sum += part
            later += 1
        }
        if sum < threshold { return false }
        // With a word from before it was judged there.
        for earlier in 0..<index {
            if pointers.impact(of: terms[earlier], on: document) > 0 { return false }
            parts[terms[earlier].order] = 0
        }
        parts[terms[index].order] = impact
        // Added up in the order of the query, so that equal documents get equal
        // scores.
        var score: Float = 0
        for part in parts { score += part }
        hits.offer(Hit(document: Int(document), score: score))
        guard hits.isFull, hits.least > floor else { return false }
        floor = hits.least
        lower()
        return true
    }
}
