using Amazon.S3;

namespace Isobar.Stories;

/// <summary>The bucket from which imports copy, where a target does not have it before the stories.</summary>
internal static class OpenData
{
    public static async Task CreateAsync(DeployedStack stack)
    {
        try
        {
            await stack.S3.PutBucketAsync(stack.OpenDataBucket);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "BucketAlreadyOwnedByYou")
        {
            // An earlier run of the stories made it.
        }
    }
}
