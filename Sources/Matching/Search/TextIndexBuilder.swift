extension TextIndex {
    /// Takes in documents one after the other; they are numbered from nothing in
    /// the order in which they come.
    public struct Builder {
        private let scoring: Scoring
        private var scanner = WordScanner()
        private var vocabulary = WordTable()
        /// Every document's distinct words, one document after the other.
        private var terms: [Int32] = []
        private var counts: [UInt16] = []
        private var ends: [Int] = []
        private var lengths: [Int32] = []
        /// Where in `terms` the document in hand has each word; older places
        /// lie before its beginning.
        private var latest: [Int] = []

        public init(_ scoring: Scoring = Scoring()) { self.scoring = scoring }

        /// Documents taken in so far.
        public var count: Int { lengths.count }

        /// Takes in a document given as text, and gives its number. O(n).
        @discardableResult
        public mutating func add(_ text: String) -> Int {
            let start = terms.count
            var length: Int32 = 0
            // Taken out for the while, because counting changes the builder.
            var scanner = WordScanner()
            swap(&scanner, &self.scanner)
            scanner.scan(text) { word in
                count(word, from: start)
                length += 1
            }
            swap(&scanner, &self.scanner)
            return close(length)
        }

        /// Takes in a document given as words that are folded already, and gives
        /// its number. O(n).
        @discardableResult
        public mutating func add(words: some Sequence<String>) -> Int {
            let start = terms.count
            var length: Int32 = 0
            for word in words {
                WordScanner.scan(word: word) { count($0, from: start) }
                length += 1
            }
            return close(length)
        }

        private mutating func count(_ word: UnsafeBufferPointer<UInt8>, from start: Int) {
            let term = Int(vocabulary.add(word))
            if term == latest.count { latest.append(-1) }
            let place = latest[term]
            if place >= start {
                if counts[place] < .max { counts[place] += 1 }
            } else {
                latest[term] = terms.count
                terms.append(Int32(term))
                counts.append(1)
            }
        }

        private mutating func close(_ length: Int32) -> Int {
            ends.append(terms.count)
            lengths.append(length)
            return lengths.count - 1
        }

        /// The index of what was taken in. O(all distinct words of all documents).
        public consuming func finish() -> TextIndex {
            let all = lengths.count
            let total = lengths.reduce(0) { $0 + Int($1) }
            let mean = all == 0 ? 0 : Double(total) / Double(all)
            let norms = lengths.map { scoring.norm(length: Int($0), mean: mean) }
            var starts = [Int](repeating: 0, count: vocabulary.count + 1)
            for term in terms { starts[Int(term) + 1] += 1 }
            for term in 0..<vocabulary.count { starts[term + 1] += starts[term] }
            let weights = (0..<vocabulary.count).map {
                scoring.weight(of: starts[$0 + 1] - starts[$0], among: all)
            }
            var next = starts
            var documents = [UInt32](repeating: 0, count: terms.count)
            var impacts = [Float](repeating: 0, count: terms.count)
            var first = 0
            for document in 0..<all {
                for place in first..<ends[document] {
                    let term = Int(terms[place])
                    let tf = Double(counts[place])
                    documents[next[term]] = UInt32(document)
                    impacts[next[term]] = Float(weights[term] * (tf / (tf + norms[document])))
                    next[term] += 1
                }
                first = ends[document]
            }
            return TextIndex(
                vocabulary: vocabulary, norms: norms, weights: weights,
                postings: Postings(starts: starts, documents: documents, impacts: impacts, of: all))
        }
    }
}
