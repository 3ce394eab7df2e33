using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Isobar.Local.Services;
using Isobar.Local.Services.S3;

namespace Isobar.Local.Tests.Services.S3;

/// <summary>S3 on a free port, a client of the AWS SDK, and a function that hears of events.</summary>
internal sealed class S3OnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero host;
    public S3Module Module { get; }

    private S3OnPortZero(ModuleOnPortZero host, S3Module module, string directory, StubTarget heard,
        ManualTimeProvider time)
    {
        this.host = host;
        Module = module;
        Directory = directory;
        Heard = heard;
        RealTime = time;
        Client = NewClient();
    }

    public AmazonS3Client Client { get; }

    public Uri Address => host.Address;

    public World World => host.World;

    public StubTarget Heard { get; }

    /// <summary>What presigned URLs live in; it begins at the present and stands still.</summary>
    public ManualTimeProvider RealTime { get; }

    public string Directory { get; }

    public static async Task<S3OnPortZero> StartAsync(S3Limits? limits = null)
    {
        var heard = new StubTarget();
        var time = new ManualTimeProvider();
        time.Advance(DateTimeOffset.UtcNow - time.GetUtcNow());
        var directory = System.IO.Directory.CreateTempSubdirectory("isobar-s3-").FullName;
        S3Module? module = null;
        var host = await ModuleOnPortZero.StartAsync(world =>
        {
            world.Directory.Add(heard);
            module = new S3Module(
                world.Context with { RealTime = time, DataDirectory = directory }, limits);
            return [module];
        });
        return new S3OnPortZero(host, module!, directory, heard, time);
    }

    public AmazonS3Client NewClient(AWSCredentials? credentials = null, Action<AmazonS3Config>? configure = null)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = host.Address.ToString(), AuthenticationRegion = ModuleOnPortZero.Region, MaxErrorRetry = 0,
        };
        configure?.Invoke(config);
        return new AmazonS3Client(credentials ?? new BasicAWSCredentials("test", "test"), config);
    }

    /// <summary>The files that hold large bodies now.</summary>
    public string[] Files() => System.IO.Directory.GetFiles(Directory, "*", SearchOption.AllDirectories);

    /// <summary>Waits until so many files are there.</summary>
    public async Task HasFilesAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Directory) { IncludeSubdirectories = true };
        watcher.Created += (_, _) => Look();
        watcher.Deleted += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        Look();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        void Look()
        {
            if (Files().Length == count) reached.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.DisposeAsync();
        await Module.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}

/// <summary>A Lambda function that keeps the events it is given, or refuses them.</summary>
internal sealed class StubTarget : ITarget
{
    public const string Function = "arn:aws:lambda:us-east-1:000000000000:function:Intake";

    private int refusals;

    public ConcurrentQueue<byte[]> Payloads { get; } = [];

    public ConcurrentQueue<DeliverySource> Sources { get; } = [];

    public string Service => "lambda";

    public bool Exists(Arn resource) => resource.Resource == "function:Intake";

    /// <summary>Refuses so many events from now on.</summary>
    public void Refuse(int count) => Volatile.Write(ref refusals, count);

    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref refusals) >= 0) throw new InvalidOperationException("The function is away.");
        Payloads.Enqueue(happened.Payload.ToArray());
        Sources.Enqueue(happened.From);
        return ValueTask.CompletedTask;
    }
}
