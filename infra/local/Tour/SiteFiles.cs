using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Local.Tour;

/// <summary>Copies the website to where the distribution reads it, as <c>aws s3 sync</c> does.</summary>
internal static class SiteFiles
{
    /// <summary>The origin path of the pages that are for everybody.</summary>
    public const string Prefix = "site/";

    /// <summary>Publishes what is for everybody, and the private pages beside it.</summary>
    /// <param name="root">The repository.</param>
    public static async Task PublishAsync(
        IAmazonS3 s3, string bucket, string root, CancellationToken cancellationToken)
    {
        foreach (var prefix in (string[])[Prefix, "private/"])
            await CopyAsync(s3, bucket, Path.Combine(root, "edge", prefix), prefix, cancellationToken);
    }

    private static async Task CopyAsync(
        IAmazonS3 s3, string bucket, string folder, string prefix, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = prefix + Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'),
                    FilePath = file,
                    ContentType = TypeOf(file),
                },
                cancellationToken);
        }
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        var other => throw new NotSupportedException($"The website has no files of the kind {other}, as {file} is."),
    };
}
