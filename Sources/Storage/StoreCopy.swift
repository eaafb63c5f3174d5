import Registry

/// Copies a whole store from one engine into another, empty one: backups,
/// restores, and moves between engines.
public enum StoreCopy {
    /// A table's columns, and which of them hold text, floating numbers or files.
    private struct Shape {
        var table: String
        var columns: [String]
        var texts: Set<String>
        var reals: Set<String> = []
        var files: Set<String> = []
    }

    private static var shapes: [Shape] {
        let fixed = [
            Shape(
                table: "ledger", columns: LedgerEntry.columns,
                texts: [
                    "actor", "role", "purpose", "act", "kind", "payload", "previous_hash", "hash",
                ]),
            Shape(
                table: "ledger_head", columns: ["municipality", "number", "hash"],
                texts: ["hash"]),
            Shape(
                table: "lookup",
                columns: [
                    "municipality", "number", "act", "looked_at", "actor", "role", "purpose",
                    "subject", "citizen",
                ], texts: ["actor", "role", "purpose", "subject"]),
            Shape(
                table: "published_figure", columns: PublishedStore.columns,
                texts: ["source_table", "measure", "period"], reals: ["value"]),
            Shape(
                table: "published_earlier", columns: PublishedStore.earlierColumns,
                texts: ["source_table", "measure", "period"], reals: ["value", "next_value"]),
            Shape(
                table: "published_reading", columns: PublishedStore.readingColumns,
                texts: ["source_table", "measure"]),
            Shape(
                table: "retrieval", columns: RetrievalStore.columns,
                texts: ["source", "source_table", "question", "address", "columns", "digest"]),
            Shape(
                table: "published_revision", columns: RetrievalStore.revisionColumns,
                texts: ["measure", "period"], reals: ["old_value", "new_value"]),
            Shape(
                table: "draft", columns: ["municipality", "actor", "form", "fields", "saved_at"],
                texts: ["actor", "form", "fields"]),
            Shape(
                table: "file_content", columns: ["municipality", "digest", "content"],
                texts: ["digest"], files: ["content"]),
            Shape(
                table: "taxonomy", columns: TaxonomyStore.columns, texts: ["source", "version"]),
            Shape(
                table: "taxonomy_entry", columns: TaxonomyStore.entryColumns,
                texts: Set(TaxonomyStore.entryColumns)),
            Shape(
                table: "taxonomy_label", columns: TaxonomyStore.labelColumns,
                texts: ["source", "language", "id", "label"]),
            Shape(
                table: "taxonomy_relation", columns: TaxonomyStore.relationColumns,
                texts: Set(TaxonomyStore.relationColumns)),
            Shape(
                table: "pool_entry", columns: PoolStore.columns,
                texts: [
                    "partnership", "member", "previous", "kind", "commitment", "hash",
                    "signature", "payload",
                ]),
            Shape(
                table: "pool_address", columns: PoolStore.addressColumns,
                texts: ["partnership", "member", "address"]),
            Shape(
                table: "survey_invitation", columns: SurveyStore.invitationColumns, texts: []),
            Shape(
                table: "survey_link", columns: SurveyStore.linkColumns, texts: ["digest"]),
            Shape(table: "survey_answer", columns: SurveyStore.answerColumns, texts: ["words"]),
            Shape(
                table: "survey_reading", columns: SurveyStore.readingColumns,
                texts: ["reader", "shown"]),
            Shape(table: "focus_words", columns: FocusWords.columns, texts: ["words"]),
        ]
        let facts = FactKind.allCases.map { kind in
            Shape(
                table: kind.rawValue, columns: LedgerWriter.rowColumns(kind),
                texts: Set(kind.columns.filter { kind.isText($0) }))
        }
        return fixed + facts
    }

    /// True when the store holds nothing yet.
    public static func isEmpty(_ engine: any StorageEngine) async throws -> Bool {
        try await engine.read { connection in
            try shapes.allSatisfy { shape in
                try connection.first("SELECT 1 FROM \(shape.table) LIMIT 1") { _ in true } == nil
            }
        }
    }

    /// Copies every row, read as one consistent state and written in one
    /// transaction. Both schemas must be at the same version. Holds all rows in
    /// memory. Returns the number of rows.
    public static func copy(
        from source: any StorageEngine, to target: any StorageEngine
    ) async throws -> Int {
        let tables = try await source.read { connection in
            try shapes.map { shape in try rows(of: shape, connection) }
        }
        return try await target.write { connection in
            for (shape, rows) in zip(shapes, tables) where !rows.isEmpty {
                try connection.load(into: shape.table, columns: shape.columns, rows: rows)
            }
            return tables.reduce(0) { $0 + $1.count }
        }
    }

    private static func rows(
        of shape: Shape, _ connection: any SQLConnection
    ) throws -> [[SQLValue]] {
        try connection.all(
            "SELECT \(shape.columns.joined(separator: ", ")) FROM \(shape.table)"
        ) { row in
            shape.columns.indices.map { index in
                let column = shape.columns[index]
                if row.isNull(index) { return .null }
                if shape.texts.contains(column) { return .text(row.text(index)) }
                if shape.files.contains(column) { return .bytes(row.bytes(index)) }
                return shape.reals.contains(column)
                    ? .real(row.real(index)) : .integer(row.integer(index))
            }
        }
    }
}
