package dev.pilotlight.domain.preflight;

/**
 * The checks made before AWS is changed. The codes are part of the interface: they are never renamed and never used for something else.
 * {@code docs/readiness-checklist.md} is this list.
 */
public enum Check {
    IMAGE_NOT_IN_ECR(
            "ImageNotInECR",
            Subject.IMAGE,
            Severity.FAIL,
            Passing.NO,
            "The image is in a private repository of Amazon ECR: serverless endpoints take no other registry.",
            "AWS docs"),
    IMAGE_IN_OTHER_REGION(
            "ImageInOtherRegion",
            Subject.IMAGE,
            Severity.FAIL,
            Passing.NO,
            "The image is in the endpoint's Region.",
            "AWS docs"),
    IMAGE_IN_OTHER_ACCOUNT(
            "ImageInOtherAccount",
            Subject.IMAGE,
            Severity.WARN,
            Passing.NO,
            "The image is in the endpoint's account; only images that AWS itself publishes may come from elsewhere.",
            "AWS docs"),
    IMAGE_NOT_FOUND(
            "ImageNotFound",
            Subject.IMAGE,
            Severity.FAIL,
            Passing.SOON,
            "Repository and tag or digest exist.",
            "AWS docs"),
    IMAGE_ARCHIVED(
            "ImageArchived", Subject.IMAGE, Severity.FAIL, Passing.NO, "The image is not ARCHIVED in ECR.", "AWS docs"),
    IMAGE_ACTIVATING(
            "ImageActivating",
            Subject.IMAGE,
            Severity.FAIL,
            Passing.SOON,
            "An image that comes back from ECR's archive is ACTIVE again.",
            "AWS docs"),
    IMAGE_PLATFORM(
            "ImagePlatform",
            Subject.IMAGE,
            Severity.FAIL,
            Passing.NO,
            "The image is for linux/amd64; an image index has a manifest for it.",
            "assumption: AWS does not document other platforms"),
    IMAGE_PLATFORM_NOT_CHECKED(
            "ImagePlatformNotChecked",
            Subject.IMAGE,
            Severity.NOT_CHECKED,
            Passing.NO,
            "For which platform the image is can be read: of a single image in its configuration, of an index in its manifest.",
            "-"),
    IMAGE_TOO_LARGE(
            "ImageTooLarge",
            Subject.IMAGE,
            Severity.FAIL,
            Passing.NO,
            "The compressed image has at most 10 GiB (10,737,418,240 bytes).",
            "AWS docs; that the compressed size counts is the kinder reading, AWS does not say which"),
    IMAGE_LARGE(
            "ImageLarge",
            Subject.IMAGE,
            Severity.WARN,
            Passing.NO,
            "The compressed image is below the operator's --preflight-large-image (default 5120 MiB), above which it may unpack to more than 10 GiB.",
            "assumption"),
    IMAGE_FOR_GPU(
            "ImageForGPU",
            Subject.IMAGE,
            Severity.WARN,
            Passing.NO,
            "The tag does not name a GPU variant: serverless endpoints have no GPU.",
            "AWS docs; recognising it by the tag is an assumption"),
    IMAGE_NOT_CHECKED(
            "ImageNotChecked",
            Subject.IMAGE,
            Severity.NOT_CHECKED,
            Passing.NO,
            "The image can be read. Otherwise nobody vouches for the digest behind its tag either.",
            "-"),
    MODEL_DATA_NOT_ARCHIVE(
            "ModelDataNotArchive",
            Subject.MODEL_DATA,
            Severity.FAIL,
            Passing.NO,
            "modelDataURL names one object ending in .tar.gz that begins like a gzip file: serverless endpoints take no prefix and no uncompressed model.",
            "AWS docs"),
    MODEL_DATA_NOT_FOUND(
            "ModelDataNotFound", Subject.MODEL_DATA, Severity.FAIL, Passing.SOON, "The archive exists.", "AWS docs"),
    MODEL_DATA_IN_OTHER_REGION(
            "ModelDataInOtherRegion",
            Subject.MODEL_DATA,
            Severity.FAIL,
            Passing.NO,
            "The bucket is in the endpoint's Region.",
            "AWS docs"),
    MODEL_DATA_STORAGE_CLASS(
            "ModelDataStorageClass",
            Subject.MODEL_DATA,
            Severity.FAIL,
            Passing.NO,
            "The archive is in a storage class that can be read at once, or has been restored.",
            "AWS docs"),
    MODEL_DATA_EXCEEDS_DISK(
            "ModelDataExceedsDisk",
            Subject.MODEL_DATA,
            Severity.FAIL,
            Passing.NO,
            "The unpacked model fits the 5 GB disk that every serverless endpoint has.",
            "AWS docs; taken as 5 GiB"),
    MODEL_DATA_NEAR_DISK(
            "ModelDataNearDisk",
            Subject.MODEL_DATA,
            Severity.WARN,
            Passing.NO,
            "Archive and unpacked model together fit the 5 GB disk.",
            "assumption: AWS does not say whether the archive takes from that disk"),
    MODEL_DATA_EXCEEDS_MEMORY(
            "ModelDataExceedsMemory",
            Subject.MODEL_DATA,
            Severity.WARN,
            Passing.NO,
            "The unpacked model is not larger than memorySizeInMB.",
            "AWS docs (advice)"),
    IMAGE_AND_MODEL_EXCEED_MEMORY(
            "ImageAndModelExceedMemory",
            Subject.MODEL_DATA,
            Severity.WARN,
            Passing.NO,
            "Compressed image and unpacked model together are not larger than memorySizeInMB.",
            "assumption: a rule of thumb"),
    MODEL_DATA_UNPACKED_SIZE(
            "ModelDataUnpackedSize",
            Subject.MODEL_DATA,
            Severity.NOT_CHECKED,
            Passing.NO,
            "The archive's last four bytes tell its unpacked size; from 4 GiB on, and for archives of several parts, they cannot.",
            "RFC 1952"),
    MODEL_DATA_NOT_CHECKED(
            "ModelDataNotChecked",
            Subject.MODEL_DATA,
            Severity.NOT_CHECKED,
            Passing.NO,
            "The archive can be read.",
            "-"),
    EXECUTION_ROLE_IN_OTHER_ACCOUNT(
            "ExecutionRoleInOtherAccount",
            Subject.EXECUTION_ROLE,
            Severity.FAIL,
            Passing.NO,
            "The execution role is in the endpoint's account.",
            "AWS docs"),
    EXECUTION_ROLE_NOT_FOUND(
            "ExecutionRoleNotFound",
            Subject.EXECUTION_ROLE,
            Severity.FAIL,
            Passing.SOON,
            "The execution role exists.",
            "AWS docs"),
    EXECUTION_ROLE_TRUST(
            "ExecutionRoleTrust",
            Subject.EXECUTION_ROLE,
            Severity.FAIL,
            Passing.SOON,
            "Its trust policy lets sagemaker.amazonaws.com assume it; conditions are left to AWS.",
            "AWS docs"),
    EXECUTION_ROLE_NOT_CHECKED(
            "ExecutionRoleNotChecked",
            Subject.EXECUTION_ROLE,
            Severity.NOT_CHECKED,
            Passing.NO,
            "The role can be read.",
            "-"),
    ENVIRONMENT_ENTRIES(
            "EnvironmentEntries",
            Subject.SPEC,
            Severity.FAIL,
            Passing.NO,
            "At most 100 environment variables.",
            "AWS docs"),
    ENVIRONMENT_ENTRY_LENGTH(
            "EnvironmentEntryLength",
            Subject.SPEC,
            Severity.FAIL,
            Passing.NO,
            "Names and values of environment variables have at most 1024 characters each.",
            "AWS docs"),
    ENVIRONMENT_SIZE(
            "EnvironmentSize",
            Subject.SPEC,
            Severity.FAIL,
            Passing.NO,
            "All names and values together have at most 32 KB, taken as 32,768 bytes of UTF-8.",
            "AWS docs; bytes instead of characters is the stricter reading"),
    REGION_NOT_DOCUMENTED(
            "RegionNotDocumented",
            Subject.SPEC,
            Severity.WARN,
            Passing.NO,
            "The Region is one of the 21 that AWS's guide lists for Serverless Inference.",
            "AWS docs"),
    ENDPOINTS_QUOTA(
            "EndpointsQuota",
            Subject.CAPACITY,
            Severity.FAIL,
            Passing.LATER,
            "The account's quota \"Maximum number of serverless endpoints\" has room for this endpoint and for its preview.",
            "Service Quotas L-99AD19BF"),
    CONCURRENCY_QUOTA(
            "ConcurrencyQuota",
            Subject.CAPACITY,
            Severity.FAIL,
            Passing.LATER,
            "The account's quota on total concurrency has room for what this change adds and for its preview (maxConcurrency 1). That an update counts only what it adds is an assumption.",
            "Service Quotas L-96300102"),
    QUOTAS_NOT_CHECKED(
            "QuotasNotChecked",
            Subject.CAPACITY,
            Severity.NOT_CHECKED,
            Passing.NO,
            "Service Quotas can be read and lists both quotas.",
            "-"),
    ENDPOINTS_LIMIT(
            "EndpointsLimit",
            Subject.GRANT,
            Severity.FAIL,
            Passing.LATER,
            "limits.endpoints of the AWSIdentity, for all endpoints of the namespace and this one's preview.",
            "AWSIdentity"),
    TOTAL_CONCURRENCY_LIMIT(
            "TotalConcurrencyLimit",
            Subject.GRANT,
            Severity.FAIL,
            Passing.LATER,
            "limits.totalConcurrency of the AWSIdentity, for all endpoints of the namespace and this one's preview.",
            "AWSIdentity"),
    TOTAL_PROVISIONED_CONCURRENCY_LIMIT(
            "TotalProvisionedConcurrencyLimit",
            Subject.GRANT,
            Severity.FAIL,
            Passing.LATER,
            "limits.totalProvisionedConcurrency of the AWSIdentity, for all endpoints of the namespace.",
            "AWSIdentity");

    /** What a finding may do. */
    public enum Severity {
        /** Nothing is created while it stands, unless {@code spec.preflight} is Warn. */
        FAIL("Fail"),
        /** Shown, and nothing else. */
        WARN("Warn"),
        /** Nobody could look; shown, and nothing else. */
        NOT_CHECKED("NotChecked");

        private final String word;

        Severity(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Whether the cause can go away without a change of the object. */
    public enum Passing {
        /** A person has to act: Stalled at once. */
        NO,
        /** Stalled after {@code --stall-after}. */
        SOON,
        /** In other people's time: Stalled after the progress deadline. */
        LATER
    }

    /** What a check is about; the sections of the checklist. */
    public enum Subject {
        IMAGE("Image"),
        MODEL_DATA("Model archive"),
        EXECUTION_ROLE("Execution role"),
        SPEC("Environment and Region"),
        CAPACITY("Quotas of the account"),
        GRANT("Limits of the AWSIdentity");

        private final String title;

        Subject(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private final String code;
    private final Subject subject;
    private final Severity severity;
    private final Passing passing;
    private final String what;
    private final String source;

    Check(String code, Subject subject, Severity severity, Passing passing, String what, String source) {
        this.code = code;
        this.subject = subject;
        this.severity = severity;
        this.passing = passing;
        this.what = what;
        this.source = source;
    }

    /** Stable name in conditions and events. */
    public String code() {
        return code;
    }

    public Subject subject() {
        return subject;
    }

    public Severity severity() {
        return severity;
    }

    public Passing passing() {
        return passing;
    }

    /** What has to hold. */
    public String what() {
        return what;
    }

    /** Where the rule comes from. */
    public String source() {
        return source;
    }

    /** A limit that an administrator set for the namespace holds whatever {@code spec.preflight} says. */
    public boolean alwaysHolds() {
        return subject == Subject.GRANT;
    }
}
