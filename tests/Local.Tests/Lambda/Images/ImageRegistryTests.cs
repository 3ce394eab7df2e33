using System.Globalization;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Images;

namespace Isobar.Local.Tests.Lambda.Images;

/// <summary>Images by address.</summary>
public sealed class ImageRegistryTests
{
    private static readonly ImageUri Latest = ImageUri.Of("000000000000", "us-east-1", "stack/fn", "latest");

    [Fact]
    public void A_tag_names_the_image_that_was_put_last_and_a_digest_always_the_same()
    {
        var registry = new ImageRegistry();
        var (first, second) = (Image(1), Image(2));
        registry.Put(Latest, first);
        registry.Put(Latest, second);

        Assert.Same(second, registry.Find(Latest));
        Assert.Same(first, registry.Find(ImageUri.Parse(Latest.Resolved(first.Digest))!));
        Assert.Null(registry.Find(Latest with { Tag = "other" }));
        Assert.Null(registry.Find(ImageUri.Parse(Latest.Resolved(Image(3).Digest))!));
    }

    [Fact]
    public void At_its_bound_the_oldest_image_makes_room_with_its_tags()
    {
        var registry = new ImageRegistry();
        for (var i = 0; i <= ImageRegistry.MaxImages; i++)
            registry.Put(Latest with { Tag = i.ToString(CultureInfo.InvariantCulture) }, Image(i));

        Assert.Null(registry.Find(Latest with { Tag = "0" }));
        Assert.Null(registry.Find(ImageUri.Parse(Latest.Resolved(Image(0).Digest))!));
        Assert.NotNull(registry.Find(Latest with { Tag = "1" }));
    }

    [Theory]
    [InlineData("000000000000.dkr.ecr.us-east-1.amazonaws.com/isobar/notify:net10", true)]
    [InlineData("000000000000.dkr.ecr.us-east-1.amazonaws.com/isobar", false)]
    [InlineData("isobar/notify:latest", false)]
    [InlineData("public.ecr.aws/lambda/dotnet:10", false)]
    [InlineData("000000000000.dkr.ecr.us-east-1.amazonaws.com/isobar@sha256:00", false)]
    public void An_address_is_one_in_ECR_with_a_tag_or_a_digest(string address, bool isOne) =>
        Assert.Equal(isOne ? address : null, ImageUri.Parse(address)?.ToString());

    private static ContainerImage Image(int number) => new(
        new StoredCode("/store/" + number.ToString("x64", CultureInfo.InvariantCulture), "", 1),
        new ImageSettings("dotnet10", ["/lambda-entrypoint.sh"], [], "/var/task", new Dictionary<string, string>()));
}
