using Isobar.Local.History;
using Isobar.Local.Services.S3.Notifications;
using Isobar.Local.Services.S3.Operations;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3;

/// <summary>Every API action of S3 that is built, and how it is recognized.</summary>
internal static class S3Routes
{
    private static readonly string[] Document = [.. PayloadDeclaration.Headers];

    public static IEnumerable<S3Route> All(
        S3Store store, BlobFiles files, Journal journal, NotificationDocument notifications,
        TimeProvider realTime) =>
    [
        new(ResourceLevel.Service, "GET", "ListAllMyBuckets", new ListBuckets(store).HandleAsync)
        {
            Query = ListBuckets.Query,
        },
        .. OfBuckets(store, notifications),
        .. Listings(store),
        .. OfObjects(store, files, journal),
        .. OfUploads(store, new PayloadIntake(store, files), journal),
        new(ResourceLevel.Bucket, "POST", "PutObject", new PostObject(store, files, journal, realTime).HandleAsync),
    ];

    private static IEnumerable<S3Route> OfBuckets(S3Store store, NotificationDocument documents)
    {
        var versioning = new BucketVersioning(store);
        var notification = new BucketNotification(store, documents);
        return
        [
            new(ResourceLevel.Bucket, "PUT", "CreateBucket", new CreateBucket(store).HandleAsync)
            {
                Headers = Document,
            },
            new(ResourceLevel.Bucket, "HEAD", "ListBucket", new HeadBucket(store).HandleAsync),
            new(ResourceLevel.Bucket, "DELETE", "DeleteBucket", new DeleteBucket(store).HandleAsync),
            new(ResourceLevel.Bucket, "GET", "GetBucketLocation", new GetBucketLocation(store).HandleAsync)
            {
                Markers = ["location"],
            },
            new(ResourceLevel.Bucket, "GET", "GetBucketVersioning", versioning.GetAsync) { Markers = ["versioning"] },
            new(ResourceLevel.Bucket, "PUT", "PutBucketVersioning", versioning.PutAsync)
            {
                Markers = ["versioning"], Headers = Document,
            },
            new(ResourceLevel.Bucket, "GET", "GetBucketNotification", notification.GetAsync)
            {
                Markers = ["notification"],
            },
            new(ResourceLevel.Bucket, "PUT", "PutBucketNotification", notification.PutAsync)
            {
                Markers = ["notification"], Headers = ["x-amz-skip-destination-validation", .. Document],
            },
        ];
    }

    private static IEnumerable<S3Route> Listings(S3Store store)
    {
        var objects = new ListObjects(store);
        return
        [
            new(ResourceLevel.Bucket, "GET", "ListBucket", objects.HandleV1Async) { Query = ListObjects.QueryV1 },
            new(ResourceLevel.Bucket, "GET", "ListBucket", objects.HandleV2Async)
            {
                Markers = ["list-type"], Query = ListObjects.QueryV2,
            },
            new(ResourceLevel.Bucket, "GET", "ListBucketVersions", new ListObjectVersions(store).HandleAsync)
            {
                Markers = ["versions"], Query = ListObjectVersions.Query,
            },
        ];
    }

    private static IEnumerable<S3Route> OfObjects(S3Store store, BlobFiles files, Journal journal)
    {
        var get = new GetObject(store, files);
        var delete = new DeleteObject(store, journal);
        return
        [
            new(ResourceLevel.Object, "GET", "GetObject", get.HandleAsync)
            {
                Query = GetObject.Query, Headers = GetObject.Headers,
            },
            new(ResourceLevel.Object, "HEAD", "GetObject", get.HandleAsync)
            {
                Query = GetObject.Query, Headers = GetObject.Headers,
            },
            new(ResourceLevel.Object, "PUT", "PutObject",
                new PutObject(store, new PayloadIntake(store, files), journal).HandleAsync)
            {
                Headers = PutObject.Headers, TakesMetadata = true,
            },
            new(ResourceLevel.Object, "PUT", "PutObject", new CopyObject(store, files, journal).HandleAsync)
            {
                MarkerHeader = CopyObject.Source, Headers = CopyObject.Headers, TakesMetadata = true,
                AlsoReads = CopyObject.ReadAction,
            },
            new(ResourceLevel.Object, "DELETE", "DeleteObject", delete.HandleAsync) { Query = DeleteObject.Query },
            new(ResourceLevel.Bucket, "POST", "DeleteObject", new DeleteObjects(store, delete).HandleAsync)
            {
                Markers = ["delete"], Headers = Document,
            },
        ];
    }

    private static IEnumerable<S3Route> OfUploads(S3Store store, PayloadIntake intake, Journal journal) =>
    [
        new(ResourceLevel.Object, "POST", "PutObject", new CreateMultipartUpload(store).HandleAsync)
        {
            Markers = ["uploads"], Headers = CreateMultipartUpload.Headers, TakesMetadata = true,
        },
        new(ResourceLevel.Object, "PUT", "PutObject", new UploadPart(store, intake).HandleAsync)
        {
            Markers = ["uploadId", "partNumber"], Headers = Document,
        },
        new(ResourceLevel.Object, "POST", "PutObject", new CompleteMultipartUpload(store, journal).HandleAsync)
        {
            Markers = ["uploadId"], Headers = CompleteMultipartUpload.Headers,
        },
        new(ResourceLevel.Object, "DELETE", "AbortMultipartUpload", new AbortMultipartUpload(store).HandleAsync)
        {
            Markers = ["uploadId"],
        },
        new(ResourceLevel.Bucket, "GET", "ListBucketMultipartUploads", new ListMultipartUploads(store).HandleAsync)
        {
            Markers = ["uploads"], Query = ListMultipartUploads.Query,
        },
        new(ResourceLevel.Object, "GET", "ListMultipartUploadParts", new ListParts(store).HandleAsync)
        {
            Markers = ["uploadId"], Query = ListParts.Query,
        },
    ];
}
