using System.Text.RegularExpressions;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Creates an empty bucket without versions, in the Region that the request is signed for.</summary>
/// <remarks>Source: Amazon S3 API Reference, CreateBucket.</remarks>
internal sealed partial class CreateBucket(S3Store store)
{
    /// <exception cref="Wire.AwsException">InvalidBucketName, BucketAlreadyOwnedByYou,
    /// InvalidLocationConstraint (no Region), IllegalLocationConstraintException (another one).</exception>
    public async Task HandleAsync(S3Request request)
    {
        var document = await PayloadIntake.ReadDocumentAsync(request);
        if (!BucketName.IsValid(request.Bucket)) throw S3Errors.InvalidBucketName(request.Bucket);
        var region = request.Scope.Region;
        CheckLocation(region, document.IsEmpty ? null : S3Xml.Read(document, "CreateBucketConfiguration")
            .Only("LocationConstraint").Text("LocationConstraint"));
        store.Post((state, now) => state.CreateBucket(request.Bucket, region, now));
        request.SetHeader("Location", "/" + request.Bucket);
        request.SetHeader("x-amz-bucket-arn", $"arn:aws:s3:::{request.Bucket}");
        await request.AnswerAsync(200);
    }

    // In us-east-1 a bucket is created without a constraint; elsewhere the constraint must name the region.
    private static void CheckLocation(string region, string? constraint)
    {
        if (region == "us-east-1")
        {
            if (string.IsNullOrEmpty(constraint)) return;
            if (constraint == region || !Region().IsMatch(constraint))
                throw S3Errors.InvalidLocationConstraint(constraint);
            throw S3Errors.IllegalLocationConstraint(constraint);
        }
        else if (constraint != region)
        {
            throw S3Errors.IllegalLocationConstraint(string.IsNullOrEmpty(constraint) ? "unspecified" : constraint);
        }
    }

    // The form of a Region's name, and the one old name.
    [GeneratedRegex(@"^([a-z]{2}(-[a-z]+)+-[0-9]|EU)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Region();
}
