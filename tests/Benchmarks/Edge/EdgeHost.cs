using System.Net.Http.Headers;
using System.Text;
using Isobar.Local;

namespace Isobar.Benchmarks.Edge;

/// <summary>The local host with a bucket and a distribution of three behaviors: no function, one, two.</summary>
internal sealed class EdgeHost : IAsyncDisposable
{
    /// <summary>What each page has: 1 KB.</summary>
    public static readonly byte[] Page = Encoding.ASCII.GetBytes(new string('x', 1_024));

    private const string Core = """
        AWSTemplateFormatVersion: '2010-09-09'
        Resources:
          SiteBucket: {Type: AWS::S3::Bucket, Properties: {BucketName: benchmark-site}}
        Outputs:
          SiteBucketDomainName: {Value: !GetAtt SiteBucket.RegionalDomainName}
        """;

    private const string Edge = """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Parameters:
          SiteBucketDomainName: {Type: String}
        Resources:
          PassOn:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: code
              Handler: index.handler
              Runtime: nodejs22.x
              MemorySize: 128
              Timeout: 5
              AutoPublishAlias: live
              Role: arn:aws:iam::000000000000:role/edge
          Distribution:
            Type: AWS::CloudFront::Distribution
            Properties:
              DistributionConfig:
                Enabled: true
                Origins:
                  - Id: site
                    DomainName: !Ref SiteBucketDomainName
                    S3OriginConfig: {OriginAccessIdentity: ''}
                CacheBehaviors:
                  - PathPattern: /request/*
                    TargetOriginId: site
                    ViewerProtocolPolicy: allow-all
                    CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
                    LambdaFunctionAssociations:
                      - {EventType: viewer-request, LambdaFunctionARN: !Ref PassOn.Version}
                  - PathPattern: /both/*
                    TargetOriginId: site
                    ViewerProtocolPolicy: allow-all
                    CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
                    LambdaFunctionAssociations:
                      - {EventType: viewer-request, LambdaFunctionARN: !Ref PassOn.Version}
                      - {EventType: viewer-response, LambdaFunctionARN: !Ref PassOn.Version}
                DefaultCacheBehavior:
                  TargetOriginId: site
                  ViewerProtocolPolicy: allow-all
                  CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
        """;

    private readonly DirectoryInfo folder;
    private readonly LocalHost host;

    private EdgeHost(DirectoryInfo folder, LocalHost host) => (this.folder, this.host) = (folder, host);

    /// <summary>Of the distribution; null where there is no Node.js.</summary>
    public Uri? Address => host.EdgeAddress;

    public static async Task<EdgeHost> StartAsync(IEnumerable<string> paths)
    {
        var folder = Directory.CreateTempSubdirectory("isobar-benchmark-");
        var options = new LocalHostOptions
        {
            TemplateFile = await WriteAsync("template.yaml", Core),
            EdgeTemplateFile = await WriteAsync("edge.yaml", Edge),
            Port = 0,
            RepositoryRoot = Checkout.Root,
            Configuration = Checkout.Configuration,
            DataDirectory = Path.Combine(folder.FullName, "data"),
        };
        await WriteAsync(
            "code/index.mjs", "export const handler = async ({ Records: [{ cf }] }) => cf.response ?? cf.request;");
        var host = await LocalHost.StartAsync(options, CancellationToken.None);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(
            "AWS4-HMAC-SHA256 Credential=benchmark/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, "
            + "Signature=0");
        client.DefaultRequestHeaders.Add("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        foreach (var path in paths)
        {
            using var content = new ByteArrayContent(Page);
            using var put = await client.PutAsync(new Uri(host.Address, $"/benchmark-site{path}"), content);
            put.EnsureSuccessStatusCode();
        }

        return new EdgeHost(folder, host);

        async Task<string> WriteAsync(string name, string text)
        {
            var file = Path.Combine(folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
            return file;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
