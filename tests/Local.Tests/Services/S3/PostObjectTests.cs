using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.S3.Model;

namespace Isobar.Local.Tests.Services.S3;

/// <summary>Uploads by a form that the AWS SDK signs, or that a test signs wrongly.</summary>
public sealed class PostObjectTests : IAsyncLifetime
{
    private const string Bucket = "landing";

    private readonly HttpClient http = new();
    private S3OnPortZero s3 = null!;

    public async ValueTask InitializeAsync()
    {
        s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync(Bucket);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await s3.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(4 * 1024 * 1024)]
    [InlineData(9 * 1024 * 1024 + 7)]
    public async Task A_file_arrives_as_it_was_sent(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        var answer = await PostAsync(await SignAsync("a/b.csv", size), content);
        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Body));

        using var got = await s3.Client.GetObjectAsync(Bucket, "a/b.csv");
        using var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        Assert.Equal(content, read.ToArray());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(content)), got.ETag.Trim('"'));
    }

    [Fact]
    public async Task The_status_is_what_the_form_wants_and_201_comes_with_a_document()
    {
        var created = await PostAsync(await SignAsync("a.csv", 10, ("success_action_status", "201")), "x"u8.ToArray());
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Contains("<Bucket>landing</Bucket><Key>a.csv</Key>", created.Body, StringComparison.Ordinal);
        var ok = await PostAsync(await SignAsync("a.csv", 10, ("success_action_status", "200")), "x"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, ok.Status);
    }

    [Fact]
    public async Task Fields_that_describe_the_object_are_kept_with_it()
    {
        var form = await SignAsync("a.csv", 10, ("Content-Type", "text/csv"), ("x-amz-meta-from", "a form"));
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(form, "x"u8.ToArray())).Status);
        var head = await s3.Client.GetObjectMetadataAsync(Bucket, "a.csv");
        Assert.Equal(("text/csv", "a form"), (head.Headers.ContentType, head.Metadata["from"]));
    }

    [Theory]
    [InlineData(11, HttpStatusCode.BadRequest, "EntityTooLarge")]
    [InlineData(5_000_000, HttpStatusCode.BadRequest, "EntityTooLarge")]
    [InlineData(0, HttpStatusCode.BadRequest, "EntityTooSmall")]
    public async Task A_file_outside_the_range_of_the_policy_leaves_nothing(
        int size, HttpStatusCode status, string code)
    {
        await AssertRefusedAsync(await PostAsync(await SignAsync("a.csv", 10), new byte[size]), status, code);
    }

    [Fact]
    public async Task A_form_is_good_until_its_policy_expires_in_real_time()
    {
        var form = await SignAsync("a.csv", 10);
        s3.RealTime.Advance(TimeSpan.FromMinutes(16));
        await AssertRefusedAsync(
            await PostAsync(form, "x"u8.ToArray()), HttpStatusCode.Forbidden,
            "<Message>Invalid according to Policy: Policy expired.</Message>");
    }

    [Fact]
    public async Task A_field_that_the_policy_does_not_allow_is_refused()
    {
        var key = await SignAsync("a.csv", 10);
        key["key"] = "../b.csv";
        await AssertRefusedAsync(
            await PostAsync(key, "x"u8.ToArray()), HttpStatusCode.Forbidden,
            "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$key\", \"a.csv\"]");
        var extra = await SignAsync("a.csv", 10);
        extra["x-amz-meta-more"] = "1";
        await AssertRefusedAsync(
            await PostAsync(extra, "x"u8.ToArray()), HttpStatusCode.Forbidden,
            "Invalid according to Policy: Extra input fields: x-amz-meta-more");
    }

    [Fact]
    public async Task A_prefix_is_enough_where_the_policy_says_so()
    {
        var form = await SignAsync("user/a.csv", 10);
        form["Policy"] = Change(form["Policy"], conditions =>
        {
            foreach (var old in conditions.Where(each => each is JsonObject map && map.ContainsKey("key")).ToList())
                conditions.Remove(old);
            conditions.Add(new JsonArray("starts-with", "$key", "user/"));
        });
        form["key"] = "user/other.csv";
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(form, "x"u8.ToArray())).Status);
        form["key"] = "users.csv";
        var refused = await PostAsync(form, "x"u8.ToArray());
        Assert.Contains("[\"starts-with\", \"$key\", \"user/\"]", refused.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Policy", HttpStatusCode.Forbidden, "AccessDenied")]
    [InlineData("key", HttpStatusCode.BadRequest, "Bucket POST must contain a field named 'key'")]
    [InlineData(
        "x-amz-signature", HttpStatusCode.BadRequest, "Bucket POST must contain a field named 'x-amz-signature'")]
    public async Task A_field_that_must_be_there_is_missed(string field, HttpStatusCode status, string text)
    {
        var form = await SignAsync("a.csv", 10);
        foreach (var name in form.Keys.Where(name => name.Equals(field, StringComparison.OrdinalIgnoreCase)).ToList())
            form.Remove(name);
        await AssertRefusedAsync(await PostAsync(form, "x"u8.ToArray()), status, text);
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    [InlineData("eyJleHBpcmF0aW9uIjoieCIsImNvbmRpdGlvbnMiOltdfQ==")]
    [InlineData("eyJleHBpcmF0aW9uIjoiMjA5OS0wMS0wMVQwMDowMDowMFoiLCJjb25kaXRpb25zIjpbMV19")]
    public async Task A_policy_that_is_none_is_refused(string policy)
    {
        var form = await SignAsync("a.csv", 10);
        form["Policy"] = policy;
        await AssertRefusedAsync(
            await PostAsync(form, "x"u8.ToArray()), HttpStatusCode.BadRequest, "InvalidPolicyDocument");
    }

    [Fact]
    public async Task A_form_without_a_file_or_with_more_than_20_KB_before_it_is_refused()
    {
        var form = await SignAsync("a.csv", 10);
        await AssertRefusedAsync(
            await PostAsync(form, null), HttpStatusCode.BadRequest,
            "POST requires exactly one file upload per request.");
        form["x-ignore-this"] = new string('x', 20 * 1024);
        await AssertRefusedAsync(
            await PostAsync(form, "x"u8.ToArray()), HttpStatusCode.BadRequest, "MaxPostPreDataLengthExceeded");
    }

    [Fact]
    public async Task A_form_that_breaks_off_leaves_nothing()
    {
        using var raw = new RawClient(s3.Address);
        var body = "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na.csv\r\n--b\r\nContent-Dispo";
        var answer = await raw.AskAsync(
            "POST", $"/{Bucket}", Encoding.ASCII.GetBytes(body), ("Authorization", ""), ("x-amz-content-sha256", ""),
            ("Content-Type", "multipart/form-data; boundary=b"));
        Assert.Contains("MalformedPOSTRequest", answer, StringComparison.Ordinal);
        await AssertNothingAsync();
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_takes_no_form()
    {
        var form = await SignAsync("a.csv", 10);
        form["Policy"] = Change(form["Policy"], conditions =>
        {
            foreach (var old in conditions.Where(each => each is JsonObject map && map.ContainsKey("bucket")).ToList())
                conditions.Remove(old);
        });
        var answer = await PostAsync(form, "x"u8.ToArray(), "elsewhere");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains("NoSuchBucket", answer.Body, StringComparison.Ordinal);
    }

    private static string Change(string policy, Action<JsonArray> change)
    {
        var document = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(policy)))!;
        change(document["conditions"]!.AsArray());
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(document.ToJsonString()));
    }

    private async Task<Dictionary<string, string>> SignAsync(
        string key, long most, params (string Name, string Value)[] fields)
    {
        var request = new CreatePresignedPostRequest
        {
            BucketName = Bucket,
            Key = key,
            Expires = s3.RealTime.GetUtcNow().UtcDateTime.AddMinutes(15),
            Conditions = [S3PostCondition.ContentLengthRange(1, most)],
        };
        foreach (var (name, value) in fields)
        {
            request.Fields[name] = value;
            request.Conditions.Add(S3PostCondition.ExactMatch(name, value));
        }

        var form = await s3.Client.CreatePresignedPostAsync(request);
        Assert.Equal($"{s3.Address}{Bucket}", form.Url.TrimEnd('/'));
        return form.Fields.ToDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(
        Dictionary<string, string> fields, byte[]? file, string bucket = Bucket)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), $"\"{name}\"");
        if (file is not null) form.Add(new ByteArrayContent(file), "file", "any.csv");
        using var answer = await http.PostAsync(new Uri(s3.Address, bucket), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task AssertRefusedAsync(
        (HttpStatusCode Status, string Body) answer, HttpStatusCode status, string text)
    {
        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Body}");
        Assert.Contains(text, answer.Body, StringComparison.Ordinal);
        await AssertNothingAsync();
    }

    private async Task AssertNothingAsync()
    {
        var listed = await s3.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        Assert.Equal(0, listed.KeyCount);
        await s3.HasFilesAsync(0);
    }
}
