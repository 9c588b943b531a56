-- A file of one's work as version 0.1 wrote it (schema 1), with one row of each kind.
CREATE TABLE folders (id TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL, PRIMARY KEY (id));
CREATE INDEX ix_folders_owner ON folders (owner, changed_at);
CREATE TABLE searches (id TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL, "query" JSON NOT NULL, seen INTEGER NOT NULL, seen_at TEXT NOT NULL, version INTEGER NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL, PRIMARY KEY (id));
CREATE INDEX ix_searches_owner ON searches (owner, changed_at);
CREATE TABLE facts (id TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL, facts TEXT NOT NULL, language TEXT NOT NULL, day TEXT NOT NULL, strike JSON NOT NULL, assume JSON NOT NULL, version INTEGER NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL, PRIMARY KEY (id));
CREATE INDEX ix_facts_owner ON facts (owner, changed_at);
CREATE TABLE documents (number INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (number), UNIQUE (path));
CREATE TABLE state (schema INTEGER NOT NULL, analysis INTEGER NOT NULL, PRIMARY KEY (schema));
CREATE TABLE notes (id TEXT NOT NULL, owner TEXT NOT NULL, target TEXT NOT NULL, target_label JSON NOT NULL, target_digest TEXT NOT NULL, text TEXT NOT NULL, labels JSON NOT NULL, folder TEXT, version INTEGER NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(folder) REFERENCES folders (id));
CREATE INDEX ix_notes_owner ON notes (owner, changed_at);
CREATE INDEX ix_notes_folder ON notes (folder);
CREATE INDEX ix_notes_target ON notes (target);
CREATE TABLE note_labels (note TEXT NOT NULL, label TEXT NOT NULL, owner TEXT NOT NULL, shown TEXT NOT NULL, PRIMARY KEY (note, label), FOREIGN KEY(note) REFERENCES notes (id));
CREATE INDEX ix_note_labels_label ON note_labels (owner, label);
CREATE TABLE note_terms (note TEXT NOT NULL, term TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (note, term), FOREIGN KEY(note) REFERENCES notes (id));
CREATE INDEX ix_note_terms_term ON note_terms (owner, term);

INSERT INTO state VALUES (1, 2);
INSERT INTO folders VALUES ('f1', 'u-1', 'ملف', 1, '2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05+00:00');
INSERT INTO notes VALUES ('n1', 'u-1', 'kw-law-2013-91/art-2', '{"ar": "المادة 2", "en": "Art. 2"}', 'as it was', 'Passports', '["intent"]', 'f1', 3, '2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05+00:00');
INSERT INTO note_labels VALUES ('n1', 'intent', 'u-1', 'intent');
INSERT INTO note_terms VALUES ('n1', 'passport', 'u-1');
INSERT INTO searches VALUES ('s1', 'u-1', 'selling visas', '{"text": "selling visas", "filters": {"traits": []}, "limit": 10, "offset": 0, "expand": true}', 1, '2026-01-02T03:04:05+00:00', 1, '2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05+00:00');
INSERT INTO facts VALUES ('w1', 'u-1', 'a case', 'The facts.', 'en', '', '[]', '[]', 1, '2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05+00:00');
INSERT INTO documents VALUES (1, '0123456789abcdef0123456789abcdef');
