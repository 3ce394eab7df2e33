using System.Reflection;
using Xunit.v3;

[assembly: Isobar.Stories.TargetGate]

namespace Isobar.Stories;

/// <summary>Skips a story, before it begins, that the target can't run, and says why.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TargetGateAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => SkipElsewhere(methodUnderTest);

    /// <summary>Skips the story that runs now, if the target can't run it.</summary>
    public static void SkipElsewhere(MethodInfo story)
    {
        var type = story.ReflectedType!;
        // Rules about the targets themselves need none of them.
        if (!type.Name.EndsWith("Stories", StringComparison.Ordinal)) return;
        var targets = story.GetCustomAttribute<TargetsAttribute>() ?? type.GetCustomAttribute<TargetsAttribute>();
        if (StoryTarget.WhyNot(targets?.Targets ?? [Target.Local]) is { } reason) Assert.Skip(reason);
    }
}
