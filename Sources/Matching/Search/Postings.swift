/// For each word the documents that hold it, in ascending order, and what the
/// word contributes to each one's score.
///
/// Eight bytes a posting. Words that stand in many documents have a bit for
/// every document as well, with a count of the bits before each 64, so that a
/// document is looked up among them in a few steps; that is 16 bytes for each 64
/// documents.
struct Postings: Sendable {
    /// What is known of one word; together, because each search reads it all.
    struct Word: Sendable {
        /// Where its postings begin and end.
        var start: Int32
        var end: Int32
        /// Where its groups of bits begin, or -1.
        var map: Int32
        /// Its highest contribution.
        var most: Float = 0
        /// What the tenth and the hundredth best document get from it, and nothing
        /// where there are fewer.
        var tenth: Float = 0
        var hundredth: Float = 0
    }

    /// Which of 64 documents hold a word, and how many of those before them do.
    struct Group: Sendable {
        var bits: UInt64 = 0
        var before: UInt32 = 0
    }

    let words: [Word]
    let documents: [UInt32]
    let impacts: [Float]
    let groups: [Group]

    /// A word in fewer than one of so many documents gets no map of bits.
    private static let sparse = 256

    init(starts: [Int], documents: [UInt32], impacts: [Float], of documentCount: Int) {
        self.documents = documents
        self.impacts = impacts
        let stride = (documentCount + 63) / 64
        var words: [Word] = []
        words.reserveCapacity(starts.count)
        var groups: [Group] = []
        for (start, end) in zip(starts, starts.dropFirst()) {
            var word = Word(start: Int32(start), end: Int32(end), map: -1)
            let best = Postings.best(impacts[start..<end], 100)
            word.most = best.first ?? 0
            if best.count >= 10 { word.tenth = best[9] }
            if best.count >= 100 { word.hundredth = best[99] }
            if (end - start) * Postings.sparse > documentCount {
                word.map = Int32(groups.count)
                Postings.append(documents[start..<end], stride, to: &groups)
            }
            words.append(word)
        }
        self.words = words
        self.groups = groups
    }

    private static func append(
        _ documents: ArraySlice<UInt32>, _ stride: Int, to groups: inout [Group]
    ) {
        let base = groups.count
        groups.append(contentsOf: repeatElement(Group(), count: stride))
        for document in documents {
            groups[base + Int(document >> 6)].bits |= 1 << UInt64(document & 63)
        }
        var count: UInt32 = 0
        for group in base..<base + stride {
            groups[group].before = count
            count += UInt32(groups[group].bits.nonzeroBitCount)
        }
    }

    /// The `count` highest numbers, the highest first.
    private static func best(_ numbers: ArraySlice<Float>, _ count: Int) -> [Float] {
        var kept: [Float] = []
        var least: Float = 0
        for number in numbers where kept.count < 2 * count || number > least {
            kept.append(number)
            if kept.count == 4 * count {
                kept.sort(by: >)
                kept.removeLast(3 * count)
                least = kept[count - 1]
            }
        }
        kept.sort(by: >)
        return Array(kept.prefix(count))
    }

    /// Calls `body` with the arrays as pointers, which it may not keep.
    func withPointers<Value>(_ body: (PostingPointers) -> Value) -> Value {
        documents.withUnsafeBufferPointer { documents in
            impacts.withUnsafeBufferPointer { impacts in
                groups.withUnsafeBufferPointer { groups in
                    body(
                        PostingPointers(documents: documents, impacts: impacts, groups: groups))
                }
            }
        }
    }
}

/// The arrays of postings while they are read.
struct PostingPointers {
    let documents: UnsafeBufferPointer<UInt32>
    let impacts: UnsafeBufferPointer<Float>
    let groups: UnsafeBufferPointer<Postings.Group>

    /// What the word of `term` contributes to the document's score; nothing when
    /// the document does not hold it.
    @inline(__always)
    func impact(of term: QueryTerm, on document: UInt32) -> Float {
        guard term.map >= 0 else { return found(term, document) }
        let group = groups[term.map + Int(document >> 6)]
        let bit = UInt64(1) << UInt64(document & 63)
        guard group.bits & bit != 0 else { return 0 }
        return impacts[
            term.start + Int(group.before) + (group.bits & (bit - 1)).nonzeroBitCount]
    }

    private func found(_ term: QueryTerm, _ document: UInt32) -> Float {
        var (low, high) = (term.start, term.end)
        while low < high {
            let middle = (low + high) >> 1
            if documents[middle] < document { low = middle + 1 } else { high = middle }
        }
        return low < term.end && documents[low] == document ? impacts[low] : 0
    }
}

/// One distinct word of a query.
struct QueryTerm {
    /// Where its postings begin and end.
    var start: Int
    var end: Int
    /// Where its groups of bits begin, or -1.
    var map: Int
    /// How often it stands in the query.
    var times: Float
    /// The most it can contribute, repetitions included.
    var most: Float
    /// What its tenth and hundredth best document get from it, repetitions included.
    var tenth: Float
    var hundredth: Float
    /// What it and all words after it can contribute together.
    var rest: Float = 0
    /// Its place among the words of the query.
    var order: Int
    var word: Int32
}
