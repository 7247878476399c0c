using FsCheck;
using FsCheck.Fluent;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Dockerfiles;

namespace ReleaseDashboard.Core.Tests.Images;

public sealed class DockerfileTests
{
    private static string From(Dockerfile file, int stage) => file.Stages[stage].Relations[0].Source switch
    {
        StageSource.Image image => image.Reference,
        StageSource.Stage own => $"#{own.Index}",
        StageSource.Scratch => "scratch",
        var other => other.ToString(),
    };

    [Fact]
    public void Read_StagesAndCopies_KeepsNamesLinesAndRelations()
    {
        var file = Dockerfile.Read("""
            # syntax=docker/dockerfile:1
            # A comment
            from python:3.12 as Build
            WORKDIR /src
            COPY . .
            RUN pip wheel .

            FROM python:3.12-slim
            COPY --from=build --chown=app:app /src/dist/*.whl /tmp/
            COPY --from=0 /etc/x /etc/x
            COPY --from=busybox:1.36 /bin/sh /bin/sh
            """);
        file.Faults.ShouldBeEmpty();
        file.Syntax.ShouldBe("docker/dockerfile:1");
        file.Stages.Select(stage => (stage.Name, stage.Line)).ShouldBe([("build", 3), (null, 8)]);
        From(file, 0).ShouldBe("python:3.12");
        file.Stages[0].Relations[1].ShouldSatisfyAllConditions(
            relation => relation.Source.ShouldBe(new StageSource.Context()), relation => relation.Line.ShouldBe(5), relation => relation.What.ShouldBe(["."]));
        file.Stages[1].Relations.Skip(1).Select(relation => (relation.Source, relation.Line)).ShouldBe(
            [(new StageSource.Stage(0), 9), (new StageSource.Stage(0), 10), (new StageSource.Image("busybox:1.36"), 11)]);
        file.Stages[1].Relations[1].What.ShouldBe(["/src/dist/*.whl"]);
    }

    [Fact]
    public void Read_ArgumentsBeforeFrom_AreSeenInFromOnlyAndInStagesThatAskForThem()
    {
        var file = Dockerfile.Read("""
            ARG PYTHON=3.12
            ARG BASE=python:${PYTHON}-slim OTHER
            FROM ${BASE} AS one
            ARG PYTHON
            ARG LOCAL=${PYTHON:+yes}
            COPY a-${PYTHON}-${LOCAL}-${BASE:-unseen} /
            FROM $BASE
            FROM ${OTHER:-debian:12}
            """);
        file.Faults.ShouldBeEmpty();
        From(file, 0).ShouldBe("python:3.12-slim");
        From(file, 2).ShouldBe("debian:12");
        file.Stages[0].Relations[1].What.ShouldBe(["a-3.12-yes-unseen"]);
    }

    [Fact]
    public void Read_WithBuildArguments_TheyTakeThePlaceOfDefaults()
    {
        var file = Dockerfile.Read("ARG V=1\nFROM base:$V\nARG V=2\nCOPY $V /", BuildSetting.Default with { Arguments = ["V=9"] });
        From(file, 0).ShouldBe("base:9");
        file.Stages[0].Relations[1].What.ShouldBe(["9"]);
    }

    [Fact]
    public void Read_AutomaticPlatformArguments_AreThereInTheGlobalScopeWithoutAsking()
    {
        var file = Dockerfile.Read(
            "FROM --platform=$BUILDPLATFORM go:1 AS build\nFROM base-${TARGETARCH}${TARGETVARIANT}\nCOPY ${TARGETARCH} /\nARG TARGETARCH\nCOPY ${TARGETARCH} /",
            BuildSetting.Default with { Target = Platform.Parse("linux/arm/v7") });
        file.Faults.ShouldBeEmpty();
        file.Stages[0].Platform.ShouldBe("linux/amd64");
        From(file, 1).ShouldBe("base-armv7");
        file.Stages[1].Relations.Skip(1).Select(relation => relation.What[0]).ShouldBe(["", "arm"]);
    }

    [Fact]
    public void Read_AnArgumentOfAStage_IsNotSeenInTheNextFrom()
    {
        var file = Dockerfile.Read("FROM a\nARG X=b\nENV Y=c\nFROM ${X}${Y}");
        file.Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Line.ShouldBe(4), fault => fault.Message.ShouldBe("'${X}${Y}' names no image: X, Y has no value above the first FROM."));
    }

    [Fact]
    public void Read_EnvironmentOfAParentStage_IsInheritedAndItsArgumentsAreNot()
    {
        var file = Dockerfile.Read("FROM a AS one\nARG A=arg\nENV E=env OTHER='single $E' OLD=\nENV old form of  it\nFROM one\nCOPY $E-$A-$OTHER-$old /");
        file.Stages[1].Relations[1].What.ShouldBe(["env--single $E-form of  it"]);
    }

    [Fact]
    public void Read_ContinuationLines_AreJoinedAcrossCommentsAndEmptyLines()
    {
        var file = Dockerfile.Read("FROM a\nRUN one \\\n  # in between\n\n  two \\  \n  three\nCOPY \\\n  x \\\n  # and here\n  y /\nRUN echo \\\\\nCOPY z /");
        file.Faults.ShouldBeEmpty();
        file.Stages[0].Relations.Skip(1).Select(relation => (relation.Line, string.Join(' ', relation.What))).ShouldBe([(7, "x y"), (12, "z")]);
    }

    [Fact]
    public void Read_AnotherEscapeCharacter_JoinsLinesAndKeepsBackslashes()
    {
        var file = Dockerfile.Read("# escape=`\r\nFROM a\r\nCOPY c:\\x `\r\n  c:\\y\\ d:\\\r\nCOPY z /\r\n");
        file.Faults.ShouldBeEmpty();
        file.Stages[0].Relations.Skip(1).Select(relation => string.Join(' ', relation.What)).ShouldBe(["c:\\x c:\\y\\", "z"]);
    }

    [Fact]
    public void Read_Heredocs_AreNoInstructionsAndComeFromNowhere()
    {
        var file = Dockerfile.Read("""
            FROM a
            RUN <<EOF
            FROM not-a-stage
            COPY --from=nothing x y
            EOF
            COPY <<one <<-"two" file /x/
            FROM first
            one
            FROM second
            	two
            RUN cat <<< "no heredoc"
            RUN python3 <<-PY > /log
            	print(1)
            	PY
            COPY <<EOF /only
            EOF
            COPY last /
            """);
        file.Faults.ShouldBeEmpty();
        file.Stages.Count.ShouldBe(1);
        file.Stages[0].Relations.Skip(1).Select(relation => (relation.Line, string.Join(' ', relation.What))).ShouldBe([(6, "file"), (17, "last")]);
    }

    [Fact]
    public void Read_AHeredocWithoutAnEnd_IsAFaultOfItsLine() =>
        Dockerfile.Read("FROM a\nRUN <<EOF\nx\n").Faults.ShouldHaveSingleItem().Line.ShouldBe(2);

    [Fact]
    public void Read_TheJsonForm_KeepsBlanksInNames()
    {
        var file = Dockerfile.Read("FROM a\nCOPY [\"with blank\", \"$HOME x\", \"/y\"]\nRUN [\"sh\", \"-c\", \"<<EOF\"]\nCMD [not json\nCOPY z /");
        file.Stages[0].Relations[1].What[0].ShouldBe("with blank");
        file.Stages[0].Relations[2].Line.ShouldBe(5);
    }

    [Fact]
    public void Read_Mounts_RelateToStagesImagesAndContext()
    {
        var file = Dockerfile.Read("""
            FROM a AS deps
            FROM b
            RUN --mount=type=bind,from=deps,source=/wheels,target=/w --mount=type=cache,target=/root/.cache --mount=type=secret,id=x pip install /w
            RUN --mount=target=. --mount=from=tools:1,src=/bin,dst=/t make
            """);
        file.Faults.ShouldBeEmpty();
        file.Stages[1].Relations.Skip(1).Select(relation => (relation.Kind, relation.Source, string.Concat(relation.What))).ShouldBe(
        [
            (RelationKind.Mount, new StageSource.Stage(0), "/wheels"), (RelationKind.Mount, new StageSource.Context(), ""),
            (RelationKind.Mount, new StageSource.Image("tools:1"), "/bin"),
        ]);
    }

    [Fact]
    public void Read_Downloads_AreToldFromFilesOfTheContext()
    {
        var file = Dockerfile.Read("FROM scratch\nADD https://example.org/x.tar.gz local.txt /\n");
        From(file, 0).ShouldBe("scratch");
        file.Stages[0].Relations.Skip(1).Select(relation => relation.Source).ShouldBe(
            [new StageSource.Address("https://example.org/x.tar.gz"), new StageSource.Context()]);
    }

    [Fact]
    public void Read_CopyFromAnArgument_IsResolvedAndWarnsThatBuildKitDoesNot()
    {
        var file = Dockerfile.Read("ARG TOOLS=busybox:1\nFROM a\nARG TOOLS\nCOPY --from=${TOOLS} /bin/sh /");
        file.Stages[0].Relations[1].Source.ShouldBe(new StageSource.Image("busybox:1"));
        file.Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(fault => fault.IsWarning.ShouldBeTrue(), fault => fault.Line.ShouldBe(4));
    }

    [Theory]
    [InlineData("FROM a\nCOPPY x y", 2, "did you mean")]
    [InlineData("RUN x\nFROM a", 1, "before the first FROM")]
    [InlineData("FROM a b", 1, "'AS'")]
    [InlineData("FROM", 1, "needs an image")]
    [InlineData("FROM a AS 1x", 1, "no name for a stage")]
    [InlineData("FROM Upper/Case", 1, "Upper/Case")]
    [InlineData("FROM --platform=linux a", 1, "'linux' is not a platform")]
    [InlineData("FROM a\nCOPY x", 2, "where to")]
    [InlineData("FROM a\nCOPY --from=7 x y", 2, "There is no stage 7")]
    [InlineData("FROM ${X", 1, "closing brace")]
    [InlineData("FROM ${X:?say which}", 1, "say which")]
    [InlineData("# escape=x\nFROM a", 1, "escape character")]
    [InlineData("# nothing\n", 1, "no FROM")]
    [InlineData("FROM a AS x\nCOPY --from=y /a /b\nFROM x AS y", 1, "x needs y needs x")]
    public void Read_SomethingWrong_IsNamedWithItsLine(string text, int line, string message)
    {
        var fault = Dockerfile.Read(text).Faults[0];
        fault.Line.ShouldBe(line);
        fault.Message.ShouldContain(message);
    }

    [Fact]
    public void Read_AnyText_NeverThrowsAndEveryLineIsOfTheFile()
    {
        var words = new[]
        {
            "FROM ", "from ", "AS ", "as x", "COPY ", "--from=", "RUN ", "<<EOF", "<<-'E F'", "EOF", "\n", "\n", "\n", "\\\n", "# c\n", "${", "}", "$x", "\"", "'", "[\"a\"", "]",
            "ARG x=1", "ENV a b", "--mount=from=x", "\t", "scratch", "é\u0000", "0", "--", "`", ":-", "=",
        };
        var texts = from count in Gen.Choose(0, 40) from picked in Gen.Elements(words).ListOf(count) select string.Concat(picked);
        Prop.ForAll(Arb.From(texts), text =>
        {
            var lines = text.Split('\n').Length;
            var file = Dockerfile.Read(text);
            file.Faults.ShouldAllBe(fault => fault.Line >= 1 && fault.Line <= lines);
            foreach (var stage in file.Stages)
            {
                file.NeededFor(stage).ShouldAllBe(index => index >= 0 && index < file.Stages.Count);
                stage.Relations.ShouldAllBe(relation => relation.Line >= stage.Line && relation.Line <= lines);
            }
        }).QuickCheckThrowOnFailure();
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Dockerfile.Read("FROM a\n" + text).Stages.Count.ShouldBeGreaterThan(0)).QuickCheckThrowOnFailure();
    }
}
