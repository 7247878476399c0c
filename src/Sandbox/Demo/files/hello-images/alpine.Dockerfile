# The small image: the greeting as a C program. Only what the last stage copies is in it.
ARG ALPINE_VERSION=3.20
FROM alpine:${ALPINE_VERSION} as toolchain
RUN apk add --no-cache build-base

FROM toolchain AS build
WORKDIR /src
COPY src/hello.c src/Makefile ./
RUN make install DESTDIR=/out

# For looking at a crash by hand: docker build --target debug
FROM toolchain AS debug
RUN apk add --no-cache gdb strace
COPY --from=build /src /src

FROM alpine:${ALPINE_VERSION}
LABEL org.opencontainers.image.title="hello-alpine"
COPY --from=build /out/usr/bin/hello /usr/bin/hello
COPY rootfs/ /
ENTRYPOINT ["/usr/bin/hello"]
