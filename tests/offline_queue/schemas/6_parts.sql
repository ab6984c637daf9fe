BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'offline_queue','applications','2026-11-22 07:31:59.822842+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'offline_queue','ratings','2026-11-22 07:31:59.823013+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'offline_queue','print_jobs','2026-11-22 07:31:59.823115+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'offline_queue','pin_failures','2026-11-22 07:31:59.823203+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'offline_queue','statements','2026-11-22 07:31:59.823295+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'offline_queue','restored','2026-11-22 07:31:59.823458+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'offline_queue','reprints','2026-11-22 07:31:59.823716+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'offline_queue','tries','2026-11-22 07:31:59.823827+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'offline_queue','parts','2026-11-22 12:35:11.537126+00:00');
CREATE TABLE applications (
            place INTEGER PRIMARY KEY,
            application_id TEXT NOT NULL UNIQUE,
            local_no TEXT NOT NULL UNIQUE,
            item TEXT NOT NULL,
            item_version TEXT NOT NULL,
            offline_policy TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('kept', 'delivered', 'quarantined')),
            envelope BLOB,
            envelope_sha256 TEXT NOT NULL,
            terminal_signature TEXT NOT NULL,
            clock_trust TEXT NOT NULL,
            made_at TEXT NOT NULL,
            made_since_boot_s REAL NOT NULL,
            made_boot TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            last_error TEXT,
            filing_no TEXT,
            received_at TEXT,
            receipt TEXT,
            shown INTEGER NOT NULL DEFAULT 0, origin_signature TEXT,
            CHECK ((state = 'delivered') = (envelope IS NULL)),
            CHECK ((state = 'delivered') = (receipt IS NOT NULL))
        ) STRICT
        ;
INSERT INTO "applications" VALUES(1,'00000000-0000-4000-8000-000000000001','0001-261120-0001','no_criminal_record_certificate','1','keep_with_notice','kept',X'7365616C6564206279746573206F66206170706C69636174696F6E2031','9cb00213bc7d11217f249712ca4ad62a077320d60362918924c443cf21ad2a3f','c2lnbmF0dXJl','system','2026-11-20T01:00:00+00:00',100.0,'an-earlier-boot',1,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO "applications" VALUES(2,'00000000-0000-4000-8000-000000000002','0001-261120-0002','no_criminal_record_certificate','1','keep_with_notice','delivered',NULL,'52cbf6f8bc35a91e495b2420a609f054afb01369c5315b0de2d0c86f1ef53287','c2lnbmF0dXJl','system','2026-11-20T02:00:00+00:00',200.0,'an-earlier-boot',2,NULL,'33010600-20261120-000001','2026-11-20T10:00:00+08:00','{}',1,NULL);
INSERT INTO "applications" VALUES(3,'00000000-0000-4000-8000-000000000003','0001-261120-0003','no_criminal_record_certificate','1','keep_with_notice','quarantined',X'7365616C6564206279746573206F66206170706C69636174696F6E2033','4da3f0ad6af63b88d50ec0179cab3f5f87acdf0be2c197b0a50ae726f15bf6bb','c2lnbmF0dXJl','system','2026-11-20T03:00:00+00:00',300.0,'an-earlier-boot',3,'record_invalid',NULL,NULL,NULL,1,NULL);
INSERT INTO "applications" VALUES(4,'00000000-0000-4000-8000-000000000004','0001-261120-0004','no_criminal_record_certificate','1','keep_with_notice','kept',X'7365616C6564206279746573206F66206170706C69636174696F6E2034','29145335c02d527d8352c9e0e510a17571a2d32041a08c0f49dea6ab54d6b329','c2lnbmF0dXJl','system','2026-11-20T04:00:00+00:00',400.0,'an-earlier-boot',4,NULL,NULL,NULL,NULL,1,NULL);
CREATE TABLE day_counters (prefix TEXT PRIMARY KEY, last_no INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "day_counters" VALUES('0001-261120',4);
CREATE TABLE deliveries (
            number INTEGER PRIMARY KEY,
            place INTEGER NOT NULL REFERENCES applications (place),
            kind TEXT NOT NULL CHECK (kind IN ('part', 'application', 'rating', 'audit')),
            step INTEGER NOT NULL GENERATED ALWAYS AS
                (CASE kind WHEN 'part' THEN 1 WHEN 'application' THEN 2 ELSE 3 END) VIRTUAL,
            name TEXT NOT NULL DEFAULT '',
            lane TEXT NOT NULL CHECK (lane IN ('small', 'large')),
            bytes INTEGER NOT NULL,
            said TEXT,
            state TEXT NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'over', 'quarantined')),
            attempts INTEGER NOT NULL DEFAULT 0,
            unexplained INTEGER NOT NULL DEFAULT 0,
            last_error TEXT,
            due_boot TEXT,
            due_s REAL,
            UNIQUE (place, kind, name),
            CHECK ((kind = 'part') = (name != '')),
            CHECK ((kind IN ('rating', 'audit')) = (said IS NOT NULL))
        ) STRICT
        ;
INSERT INTO "deliveries" VALUES(1,1,'application','','small',29,NULL,'kept',1,0,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(2,3,'application','','small',29,NULL,'kept',3,0,'record_invalid',NULL,NULL);
INSERT INTO "deliveries" VALUES(3,4,'application','','small',29,NULL,'kept',4,0,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(4,2,'rating','','small',50,'{"level":5,"rated_at":"2026-11-20T09:00:00+00:00"}','kept',0,0,NULL,NULL,NULL);
CREATE TABLE parts (
            sha256 TEXT PRIMARY KEY,
            place INTEGER NOT NULL REFERENCES applications (place),
            sealed BLOB NOT NULL
        ) STRICT
        ;
CREATE TABLE pin_failures (
            staff_no TEXT PRIMARY KEY,
            failures INTEGER NOT NULL,
            locked_since_boot_s REAL NOT NULL,
            locked_boot TEXT NOT NULL
        ) STRICT
        ;
INSERT INTO "pin_failures" VALUES('0417',2,5.0,'an-earlier-boot');
CREATE TABLE print_jobs (
            job_id TEXT PRIMARY KEY,
            paper TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('started', 'printed', 'not_printed', 'unknown')),
            sha256 TEXT NOT NULL,
            cause TEXT NOT NULL,
            at TEXT NOT NULL
        , reprint_of TEXT REFERENCES print_jobs (job_id), reprint_reason TEXT) STRICT
        ;
INSERT INTO "print_jobs" VALUES('00000000-0000-4000-8000-00000000000a','slip','started','0000000000000000000000000000000000000000000000000000000000000000','','2026-11-20T09:00:00+00:00',NULL,NULL);
CREATE TABLE statements (
            number INTEGER PRIMARY KEY,
            application_id TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('kept', 'received')),
            body BLOB NOT NULL,
            UNIQUE (application_id, kind)
        ) STRICT
        ;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX applications_by_state ON applications (state, place);
CREATE UNIQUE INDEX one_reprint ON print_jobs (reprint_of);
CREATE INDEX deliveries_waiting ON deliveries (place, number) WHERE state = 'kept';
CREATE INDEX parts_by_place ON parts (place);
COMMIT;
