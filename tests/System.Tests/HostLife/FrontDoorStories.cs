using System.Net;

namespace Isobar.Stories.HostLife;

/// <summary>Who is let in by the host's one address.</summary>
[Collection(OneStack.Name)]
public sealed class FrontDoorStories(StackFixture stack)
{
    [Theory]
    [InlineData("attacker.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.attacker.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("10.0.0.1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    public async Task Only_loopback_names_are_answered(string name, HttpStatusCode status)
    {
        using var client = new HttpClient();
        foreach (var path in (string[])["_isobar/clock", ""])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stack.Host.Address, path));
            request.Headers.Host = name;
            if (path.Length == 0)
                request.Headers.TryAddWithoutValidation("Authorization", stack.Stack.Calls.Authorization("s3"));
            using var answer = await client.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }
    }
}
