using System.Text.RegularExpressions;
using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Deployment;

public sealed partial class PhysicalNames
{
    [Fact]
    public void A_name_is_stack_logical_id_and_suffix()
    {
        Assert.Matches(Form(), PhysicalName.Generate(Deploy.Stack, "ChunksQueue", maxLength: 80));
        Assert.EndsWith(".fifo", PhysicalName.Generate(Deploy.Stack, "ChunksQueue", maxLength: 80, ".fifo"));
    }

    [Fact]
    public void A_name_is_the_same_each_time_and_another_in_another_stack()
    {
        var other = Deploy.Stack with { StackId = "arn:aws:cloudformation:us-east-1:000000000000:stack/isobar/2" };
        var name = PhysicalName.Generate(Deploy.Stack, "Queue", maxLength: 80);
        Assert.Equal(name, PhysicalName.Generate(Deploy.Stack, "Queue", maxLength: 80));
        Assert.NotEqual(name, PhysicalName.Generate(other, "Queue", maxLength: 80));
        Assert.NotEqual(name, PhysicalName.Generate(Deploy.Stack, "Queue2", maxLength: 80));
    }

    [Theory]
    [InlineData(63)]
    [InlineData(16)]
    public void A_name_never_exceeds_its_length(int maxLength)
    {
        var stack = Deploy.Stack with { StackName = new string('s', 128) };
        Assert.Equal(maxLength, PhysicalName.Generate(stack, new string('L', 255), maxLength).Length);
        Assert.InRange(PhysicalName.Generate(stack, "L", maxLength).Length, 16, maxLength);
    }

    [Fact]
    public void A_bucket_name_is_in_lower_case_and_at_most_63_characters()
    {
        var name = PhysicalName.GenerateForBucket(Deploy.Stack, new string('L', 255));
        Assert.Equal((63, name.ToLowerInvariant()), (name.Length, name));
    }

    [GeneratedRegex("^isobar-ChunksQueue-[0-9A-Z]{12}$")]
    private static partial Regex Form();
}
