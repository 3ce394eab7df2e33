using Isobar.Local.Wire;

namespace Isobar.Local.Edge.Api;

/// <summary>The errors of CloudFront's API.</summary>
/// <remarks>
/// Source: Amazon CloudFront API Reference, the errors of each operation. InvalidationBatchAlreadyExists is named at
/// <c>CallerReference</c> only, without a status: 409 is that of the API's other errors of this kind.
/// </remarks>
internal static class CloudFrontErrors
{
    public static AwsException NoSuchDistribution() =>
        new("NoSuchDistribution", "The specified distribution does not exist.", 404);

    public static AwsException NoSuchInvalidation() =>
        new("NoSuchInvalidation", "The specified invalidation does not exist.", 404);

    public static AwsException MissingBody() => new(
        "MissingBody",
        "This operation requires a body. Ensure that the body is present and the Content-Type header is set.");

    public static AwsException MalformedXml() => new(
        "MalformedXML",
        "The XML document that you provided was not well-formed or did not validate against our published schema.");

    public static AwsException InconsistentQuantities() =>
        new("InconsistentQuantities", "The value of Quantity and the size of Items don't match.");

    public static AwsException InvalidArgument(string message) => new("InvalidArgument", message);

    /// <remarks>The text is what AWS answers, as users quote it.</remarks>
    public static AwsException InvalidPaths() =>
        InvalidArgument("Your request contains one or more invalid invalidation paths.");

    public static AwsException BatchTooLarge() => new(
        "BatchTooLarge", "Invalidation batch specified is too large.", StatusCodes.Status413PayloadTooLarge);

    public static AwsException TooManyInvalidationsInProgress() => new(
        "TooManyInvalidationsInProgress",
        "You have exceeded the maximum number of allowable InProgress invalidation batch requests, or invalidation "
            + "objects.");

    public static AwsException InvalidationBatchAlreadyExists() => new(
        "InvalidationBatchAlreadyExists",
        "An invalidation batch with the specified CallerReference and different paths already exists.", 409);
}
