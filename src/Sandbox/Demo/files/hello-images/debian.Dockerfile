# The full image: the greeting as a Python program on Debian.
ARG DEBIAN_VERSION=12
FROM debian:${DEBIAN_VERSION}-slim
ARG HELLO_VERSION=dev
LABEL org.opencontainers.image.title="hello" \
      org.opencontainers.image.version="${HELLO_VERSION}" \
      org.opencontainers.image.licenses="MIT"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates python3 \
    && rm -rf /var/lib/apt/lists/*
COPY rootfs/ /
COPY src/hello.py /usr/local/bin/hello
ENV HELLO_RELEASE=/etc/hello-release
ENTRYPOINT ["hello"]
