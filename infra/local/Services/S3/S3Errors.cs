using System.Globalization;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3;

/// <summary>Every error that S3 can answer with.</summary>
/// <remarks>Source: Amazon S3 API Reference, "Error responses"; further elements as real S3 sends them.</remarks>
internal static class S3Errors
{
    public static AwsException AccessDenied(string message = "Access Denied") => new("AccessDenied", message, 403);

    public static AwsException AccessForbidden() =>
        new("AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.", 403);

    public static AwsException UnsupportedAuthorization() => new("InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");

    public static AwsException AuthorizationQueryParameters(string message) =>
        new("AuthorizationQueryParametersError", message);

    public static AwsException RequestHasExpired(string? life, DateTimeOffset expires, DateTimeOffset now) =>
        new("AccessDenied", "Request has expired", 403)
        {
            Elements =
            [
                .. life is null ? Array.Empty<KeyValuePair<string, string>>() : [new("X-Amz-Expires", life)],
                new("Expires", expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                new("ServerTime", now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ],
        };

    public static AwsException NotImplemented(string what, string value = "") => new("NotImplemented",
        "A header or query you provided implies functionality that is not implemented.", 501)
    {
        Elements = [new("Header", what), new("Value", value)],
    };

    /// <summary>As AWS words it for conditional headers.</summary>
    public static AwsException HeaderNotImplemented(string header, string why) => new("NotImplemented",
        "A header you provided implies functionality that is not implemented", 501)
    {
        Elements = [new("Header", header), new("additionalMessage", why)],
    };

    public static AwsException MethodNotAllowed(string method, string resourceType) => new("MethodNotAllowed",
        "The specified method is not allowed against this resource.", 405)
    {
        Elements = [new("Method", method), new("ResourceType", resourceType)],
    };

    public static AwsException InvalidUri() => new("InvalidURI", "Couldn't parse the specified URI.");

    public static AwsException InvalidRequest(string message) => new("InvalidRequest", message);

    public static AwsException InvalidArgument(string message, string name, string? value) =>
        new("InvalidArgument", message) { Elements = [new("ArgumentName", name), new("ArgumentValue", value ?? "")] };

    public static AwsException BadContinuationToken() => new(
        "InvalidArgument", "The continuation token provided is incorrect")
    {
        Elements = [new("ArgumentName", "continuation-token")],
    };

    /// <param name="target">The ARN of a function that is not there.</param>
    public static AwsException BadDestination(string target) => new(
        "InvalidArgument", "Unable to validate the following destination configurations")
    {
        Elements =
        [
            new("ArgumentName1", $"{target}, null"),
            new("ArgumentValue1", $"Not authorized to invoke function [{target}]"),
        ],
    };

    public static AwsException MalformedXml() => new("MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema");

    public static AwsException MaxMessageLengthExceeded() =>
        new("MaxMessageLengthExceeded", "Your request was too big.");

    /// <summary>A limit of this host is reached: stored bytes, versions or waiting events. SDKs retry it.</summary>
    public static AwsException SlowDown() => new("SlowDown", "Please reduce your request rate.", 503);

    public static AwsException NoSuchBucket(string bucket) =>
        new("NoSuchBucket", "The specified bucket does not exist", 404) { Elements = [new("BucketName", bucket)] };

    public static AwsException InvalidBucketName(string bucket) =>
        new("InvalidBucketName", "The specified bucket is not valid.") { Elements = [new("BucketName", bucket)] };

    public static AwsException BucketAlreadyOwnedByYou(string bucket) => new("BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.", 409)
    {
        Elements = [new("BucketName", bucket)],
    };

    public static AwsException TooManyBuckets() =>
        new("TooManyBuckets", "You have attempted to create more buckets than allowed");

    public static AwsException BucketNotEmpty(string bucket, bool versioned) => new("BucketNotEmpty",
        "The bucket you tried to delete is not empty"
            + (versioned ? ". You must delete all versions in the bucket." : ""), 409)
    {
        Elements = [new("BucketName", bucket)],
    };

    public static AwsException IllegalLocationConstraint(string constraint) => new("IllegalLocationConstraintException",
        $"The {constraint} location constraint is incompatible for the region specific endpoint this request was sent "
        + "to.");

    public static AwsException InvalidLocationConstraint(string constraint) => new("InvalidLocationConstraint",
        "The specified location-constraint is not valid") { Elements = [new("LocationConstraint", constraint)] };

    public static AwsException IllegalVersioning() => new("IllegalVersioningConfigurationException",
        "The Versioning element must be specified");

    public static AwsException NoSuchKey(string key, IReadOnlyList<KeyValuePair<string, string>>? headers = null) =>
        new("NoSuchKey", "The specified key does not exist.", 404)
        {
            Elements = [new("Key", key)],
            Headers = headers ?? [],
        };

    public static AwsException NoSuchVersion(string key, string versionId) =>
        new("NoSuchVersion", "The specified version does not exist.", 404)
        {
            Elements = [new("Key", key), new("VersionId", versionId)],
        };

    public static AwsException InvalidVersionId(string versionId) =>
        InvalidArgument("Invalid version id specified", "versionId", versionId);

    public static AwsException VersionIsDeleteMarker(string method, string versionId) => new("MethodNotAllowed",
        "The specified method is not allowed against this resource.", 405)
    {
        Elements = [new("Method", method), new("ResourceType", "DeleteMarker")],
        Headers = [new("Allow", "DELETE"), new("x-amz-delete-marker", "true"), new("x-amz-version-id", versionId)],
    };

    public static AwsException KeyTooLong(int size) => new("KeyTooLongError", "Your key is too long")
    {
        Elements = [new("Size", $"{size}"), new("MaxSizeAllowed", $"{S3Limits.MaxKeyBytes}")],
    };

    public static AwsException MetadataTooLarge(int size) => new("MetadataTooLarge",
        "Your metadata headers exceed the maximum allowed metadata size")
    {
        Elements = [new("Size", $"{size}"), new("MaxSizeAllowed", $"{S3Limits.MaxMetadataBytes}")],
    };

    public static AwsException PreconditionFailed(string condition) => new("PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold", 412)
    {
        Elements = [new("Condition", condition)],
    };

    public static AwsException ConditionalRequestConflict(string condition, string key) => new(
        "ConditionalRequestConflict",
        "The conditional request cannot succeed due to a conflicting operation against this resource.", 409)
    {
        Elements = [new("Condition", condition), new("Key", key)],
    };

    public static AwsException InvalidRange(string range, long size) => new("InvalidRange",
        "The requested range is not satisfiable", 416)
    {
        Elements = [new("RangeRequested", range), new("ActualObjectSize", $"{size}")],
        Headers = [new("Content-Range", $"bytes */{size}")],
    };

    public static AwsException InvalidPartNumber(int requested, int count) => new("InvalidPartNumber",
        "The requested partnumber is not satisfiable", 416)
    {
        Elements = [new("PartNumberRequested", $"{requested}"), new("ActualPartCount", $"{count}")],
    };

    public static AwsException CopyToItself() => InvalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's "
        + "metadata, storage class, website redirect location or encryption attributes.");
}
