using Isobar.Local.Ownership;
using Isobar.Local.Services.S3.Notifications;
using Isobar.Local.Services.S3.Objects;

namespace Isobar.Local.Services.S3;

/// <summary>How a delete ended.</summary>
/// <param name="VersionId">The delete marker that was made, or the version that was named; null without
/// versions.</param>
/// <param name="IsDeleteMarker">Whether that is a delete marker.</param>
/// <param name="EventName">Null when there was nothing to remove.</param>
internal sealed record DeleteOutcome(string? VersionId, bool IsDeleteMarker, string? EventName);

/// <summary>The state of S3: buckets, versions, uploads and events that wait for delivery.</summary>
internal sealed class S3State(S3Limits limits, string accountId, Identifiers identifiers)
    : ITimedState, IDecidingState<OutgoingEffect>
{
    private readonly SortedDictionary<string, BucketState> buckets = new(StringComparer.Ordinal);
    private readonly IssuedIds versionIds = new(Convert.FromHexString(identifiers.NewHex(16)), tagBytes: 8);
    private readonly IssuedIds uploadIds = new(Convert.FromHexString(identifiers.NewHex(16)), tagBytes: 24);
    private long lastSequence;
    private int versionCount;

    public BlobReferences Blobs { get; } = new(limits, identifiers);

    // Events are small: their number bounds their bytes.
    public OutgoingQueue Deliveries { get; } = new(limits.MaxPendingEvents, long.MaxValue, limits.DeliveriesUnderWay);

    public Effects<OutgoingEffect> Effects => Deliveries.Effects;

    /// <summary>In the order of their names.</summary>
    public IReadOnlyCollection<BucketState> Buckets => buckets.Values;

    public DateTimeOffset? NextDue => Deliveries.NextDue;

    public void OnDue(DateTimeOffset now) => Deliveries.OnDue(now);

    /// <exception cref="Wire.AwsException">NoSuchBucket.</exception>
    public BucketState Bucket(string name) =>
        buckets.TryGetValue(name, out var bucket) ? bucket : throw S3Errors.NoSuchBucket(name);

    /// <exception cref="Wire.AwsException">BucketAlreadyOwnedByYou (not in us-east-1, where it is a success),
    /// TooManyBuckets.</exception>
    /// <param name="region">The bucket's home Region; its name is one for all Regions.</param>
    public void CreateBucket(string name, string region, DateTimeOffset now)
    {
        if (buckets.ContainsKey(name))
        {
            if (region == "us-east-1" && buckets[name].Region == region) return;
            throw S3Errors.BucketAlreadyOwnedByYou(name);
        }

        if (buckets.Count >= S3Limits.MaxBuckets) throw S3Errors.TooManyBuckets();
        buckets.Add(name, new BucketState(name, region, WholeSeconds(now)));
    }

    /// <exception cref="Wire.AwsException">NoSuchBucket, BucketNotEmpty.</exception>
    public void DeleteBucket(string name)
    {
        var bucket = Bucket(name);
        if (!bucket.IsEmpty) throw S3Errors.BucketNotEmpty(name, bucket.Versioning != Versioning.Off);
        foreach (var upload in bucket.Uploads.Values) Discard(upload);
        buckets.Remove(name);
    }

    /// <summary>Writes a new version.</summary>
    /// <exception cref="Wire.AwsException">NoSuchBucket, PreconditionFailed, SlowDown when something is
    /// full.</exception>
    public ObjectVersion Put(
        string bucketName, string key, ObjectContent content, string eventName, WriteCondition condition,
        Requester requester, DateTimeOffset now)
    {
        var bucket = Bucket(bucketName);
        condition.Check(key, bucket.Current(key));
        if (versionCount >= limits.MaxVersions) throw S3Errors.SlowDown();
        var events = EventsOf(bucket, key, eventName);
        var version = NewVersion(bucket, key, content, isDeleteMarker: false, now);
        Blobs.Retain(content.Blobs);
        Add(bucket, version);
        Tell(events, eventName, bucket, version, requester, now);
        return version;
    }

    /// <summary>Whether S3 made this version id; the version may be deleted.</summary>
    public bool IsVersionId(string id) => id == ObjectVersion.NullId || versionIds.PositionOf(id) is not null;

    /// <exception cref="Wire.AwsException">NoSuchBucket; InvalidArgument: the marker is no version id.</exception>
    public Listing<ListedVersion> ListVersions(string bucketName, ListingQuery query) =>
        Listing.OfVersions(Bucket(bucketName), versionIds, query);

    /// <exception cref="Wire.AwsException">NoSuchBucket; InvalidArgument: the marker is the id of no upload that its
    /// key ever had.</exception>
    public Listing<MultipartUpload> ListUploads(string bucketName, ListingQuery query)
    {
        var bucket = Bucket(bucketName);
        if (query.AfterId is { } id && uploadIds.PositionOf(id, ScopeOf(bucketName, query.After)) is null)
            throw MultipartErrors.InvalidUploadIdMarker(id);
        return Listing.OfUploads(bucket, query);
    }

    /// <summary>Hides a key behind a delete marker, or removes a version for good.</summary>
    /// <param name="versionId">Null for the key itself.</param>
    /// <exception cref="Wire.AwsException">NoSuchBucket; InvalidArgument: S3 never made this version id; SlowDown when
    /// something is full.</exception>
    public DeleteOutcome Delete(string bucketName, string key, string? versionId, Requester requester,
        DateTimeOffset now)
    {
        var bucket = Bucket(bucketName);
        CheckVersionId(versionId);
        if (versionId is not null || bucket.Versioning == Versioning.Off)
            return Remove(bucket, key, versionId, requester, now);

        const string EventName = "ObjectRemoved:DeleteMarkerCreated";
        if (versionCount >= limits.MaxVersions) throw S3Errors.SlowDown();
        var events = EventsOf(bucket, key, EventName);
        var marker = NewVersion(bucket, key, ObjectContent.Nothing, isDeleteMarker: true, now);
        Add(bucket, marker);
        Tell(events, EventName, bucket, marker, requester, now);
        return new DeleteOutcome(marker.VersionId, IsDeleteMarker: true, EventName);
    }

    /// <summary>Finds a version and keeps its bytes until the caller releases them.</summary>
    /// <param name="versionId">Null for the newest.</param>
    /// <returns>A delete marker too; null when there is nothing.</returns>
    /// <exception cref="Wire.AwsException">NoSuchBucket; InvalidArgument: S3 never made this version id.</exception>
    public ObjectVersion? Open(string bucketName, string key, string? versionId)
    {
        var version = Find(bucketName, key, versionId);
        if (version is not null) Blobs.Retain(version.Content.Blobs);
        return version;
    }

    /// <summary>Finds a version without keeping its bytes.</summary>
    /// <returns>A delete marker too; null when there is nothing.</returns>
    /// <exception cref="Wire.AwsException">NoSuchBucket; InvalidArgument: S3 never made this version id.</exception>
    public ObjectVersion? Find(string bucketName, string key, string? versionId)
    {
        var bucket = Bucket(bucketName);
        CheckVersionId(versionId);
        return versionId is null ? bucket.Newest(key) : bucket.Version(key, versionId);
    }

    /// <exception cref="Wire.AwsException">NoSuchBucket, SlowDown when the bucket has too many uploads.</exception>
    public MultipartUpload BeginUpload(
        string bucketName, string key, DateTimeOffset now, Func<string, MultipartUpload> make)
    {
        var bucket = Bucket(bucketName);
        if (bucket.Uploads.Count >= S3Limits.MaxUploadsPerBucket) throw S3Errors.SlowDown();
        var upload = make(uploadIds.Make(NextSequencer(now), ScopeOf(bucketName, key)));
        bucket.Uploads.Add(upload.Id, upload);
        return upload;
    }

    /// <exception cref="Wire.AwsException">NoSuchBucket, NoSuchUpload.</exception>
    public MultipartUpload Upload(string bucketName, string key, string uploadId) =>
        Bucket(bucketName).Uploads.TryGetValue(uploadId, out var upload) && upload.Key == key
            ? upload
            : throw MultipartErrors.NoSuchUpload(uploadId);

    public void PutPart(MultipartUpload upload, UploadedPart part)
    {
        Blobs.Retain([part.Blob]);
        if (upload.Put(part) is { } earlier) Blobs.Release(earlier.Blob);
    }

    public void EndUpload(string bucketName, MultipartUpload upload)
    {
        Bucket(bucketName).Uploads.Remove(upload.Id);
        Discard(upload);
    }

    // A bucket's name has no slash, so two different pairs never give the same text.
    private static string ScopeOf(string bucketName, string key) => $"{bucketName}/{key}";

    private void CheckVersionId(string? versionId)
    {
        if (versionId is not null && !IsVersionId(versionId)) throw S3Errors.InvalidVersionId(versionId);
    }

    private static void MarkChanged(BucketState bucket, string key)
    {
        foreach (var upload in bucket.Uploads.Values)
            if (upload.Key == key) upload.ObjectHasChanged = true;
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset instant) =>
        new(instant.Ticks - instant.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private void Discard(MultipartUpload upload) => Blobs.Release(upload.Parts.Select(part => part.Blob));

    private DeleteOutcome Remove(
        BucketState bucket, string key, string? versionId, Requester requester, DateTimeOffset now)
    {
        const string EventName = "ObjectRemoved:Delete";
        var id = versionId ?? ObjectVersion.NullId;
        if (bucket.Version(key, id) is not { } version) return new DeleteOutcome(versionId, false, null);
        var events = EventsOf(bucket, key, EventName);
        bucket.Remove(key, id);
        MarkChanged(bucket, key);
        Forget(version);
        var told = version with { Sequencer = NextSequencer(now) };
        Tell(events, EventName, bucket, told, requester, now);
        return new DeleteOutcome(versionId, version.IsDeleteMarker, EventName);
    }

    private ObjectVersion NewVersion(
        BucketState bucket, string key, ObjectContent content, bool isDeleteMarker, DateTimeOffset now)
    {
        var sequencer = NextSequencer(now);
        var id = bucket.Versioning == Versioning.Enabled ? versionIds.Make(sequencer) : ObjectVersion.NullId;
        return new ObjectVersion(key, id, isDeleteMarker, WholeSeconds(now), sequencer, content);
    }

    private void Add(BucketState bucket, ObjectVersion version)
    {
        if (bucket.Add(version) is { } replaced) Forget(replaced);
        MarkChanged(bucket, version.Key);
        versionCount++;
    }

    private void Forget(ObjectVersion version)
    {
        versionCount--;
        Blobs.Release(version.Content.Blobs);
    }

    private NotificationRule[] EventsOf(BucketState bucket, string key, string eventName)
    {
        var (rules, tellsEventBridge) = bucket.Notifications;
        if (rules.Count == 0 && !tellsEventBridge) return [];
        NotificationRule[] matching = [.. rules.Where(rule => rule.Matches(eventName, key))];
        var count = matching.Length + (tellsEventBridge ? 1 : 0);
        if (count > 0 && !Deliveries.HasRoomFor(count)) throw S3Errors.SlowDown();
        return matching;
    }

    private void Tell(
        NotificationRule[] rules, string eventName, BucketState bucket, ObjectVersion version, Requester requester,
        DateTimeOffset now)
    {
        foreach (var rule in rules)
            Deliver(Arn.TryParse(rule.Target)!, version, now, new TargetEvent(
                new ObjectEvent(eventName, now, bucket.Region, bucket.Name, rule, version, requester).ToJson(),
                new DeliverySource("s3.amazonaws.com", $"arn:aws:s3:::{bucket.Name}", accountId)));
        if (bucket.Notifications.TellsEventBridge)
            Deliver(BusObjectEvent.BusOf(bucket.Region, accountId), version, now,
                BusObjectEvent.Of(eventName, bucket.Name, version, requester, accountId));
    }

    private void Deliver(Arn target, ObjectVersion version, DateTimeOffset now, TargetEvent happened) =>
        Deliveries.TryAdd(
        [
            new ObjectEventDelivery
            {
                EventId = $"{version.Key}#{version.Sequencer}",
                Target = target,
                Event = happened,
                Accepted = now,
                MaxAttempts = limits.MaxDeliveryAttempts,
            },
        ]);

    // One counter serves all keys; it begins with the time, so that it also grows over a restart.
    private string NextSequencer(DateTimeOffset now) =>
        (lastSequence = Math.Max(lastSequence + 1, now.UtcTicks)).ToString("X16");
}
